/**
 * The global `evom`: the library's workbench, loaded when the first cell calls it. An interrupt of the cell reaches the
 * call, so that programs, training steps and servers stop with it. What takes a moment is shown while it runs; what comes
 * of a call is plain data, whose view the kernel remembers.
 */

import type { Workbench } from '../../../../src/workbench/workbench.ts';
import type { CallName, Follower, OptionsPlace } from '../../../views/live/follower.ts';
import type { Followers } from '../../../views/live/followers.ts';
import { currentCell } from '../current-cell.ts';
import { LiveDisplay } from './live-display.ts';
import { LiveRun, type LiveRunOptions } from './live-run.ts';
import { session } from './session-watch.ts';
import { rememberResult } from './shown-results.ts';

/** Where each call has its options, as the workbench's types say. */
const OPTIONS_PLACE: { readonly [Name in CallName]: OptionsPlace<Name> } = {
  ...{ solvers: 0, problems: 1, policy: 1, generate: 0, verify: 0, reward: 0, update: 0, train: 0 },
  ...{ evaluate: 0, transfer: 0, rollouts: 0, sql: 1 },
};

type Options = Readonly<Record<string, unknown>>;
type Call = (...parts: unknown[]) => Promise<unknown>;
type Hook = (...told: unknown[]) => void;
/** Of whichever call. */
type AnyFollower = Omit<Follower<CallName>, 'hooks' | 'view'> & {
  readonly hooks: Readonly<Record<string, Hook>>;
  view(result: unknown): ReturnType<Follower<CallName>['view']>;
};

type FollowersByName = Readonly<Partial<Record<CallName, (options: Options) => AnyFollower>>>;

interface Opened {
  readonly workbench: Workbench;
  readonly followers: Followers;
}

export function createLazyWorkbench(): Workbench {
  let opened: Promise<Opened> | null = null;
  return new Proxy({} as Workbench, {
    get(_, name) {
      if (typeof name !== 'string' || name === 'then') return undefined;
      return async (...parts: unknown[]) => {
        opened ??= open();
        return isCall(name) ? follow(await opened, name, parts) : callByName(await opened, name, parts);
      };
    },
  });
}

/** What the first call needs. */
export function loadWorkbench(): Promise<
  [typeof import('../../../../src/workbench/workbench.ts'), typeof import('../../../views/live/followers.ts')]
> {
  return Promise.all([import('../../../../src/workbench/workbench.ts'), import('../../../views/live/followers.ts')]);
}

async function open(): Promise<Opened> {
  const [{ createWorkbench }, { createFollowers }] = await loadWorkbench();
  return { workbench: createWorkbench(), followers: createFollowers() };
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(OPTIONS_PLACE, name);
}

/** `close`, or what there is not. */
function callByName({ workbench }: Opened, name: string, parts: readonly unknown[]): unknown {
  const call = (workbench as unknown as Record<string, Call | undefined>)[name];
  if (call !== undefined) return call(...parts);
  throw new TypeError(`evom.${name} is not a function. There are: ${Object.keys(workbench).join(', ')}.`);
}

async function follow({ workbench, followers }: Opened, name: CallName, parts: readonly unknown[]): Promise<unknown> {
  const place = OPTIONS_PLACE[name];
  const given = (parts[place] ?? {}) as Options;
  const follower = (followers as unknown as FollowersByName)[name]?.(given) ?? null;
  const run = follower?.run && follower.live ? new LiveRun(follower.run, follower.live, () => display?.touch()) : null;
  const display = follower?.live ? new LiveDisplay(follower.live, run?.progress) : null;
  const hooks = joined(follower?.hooks ?? {}, given, () => {
    display?.touch();
    run?.touch();
  });
  const options: Options = { signal: currentCell().signal, ...given, ...hooks };
  const watched = run === null ? options : { ...options, ...run.hooks(options as unknown as LiveRunOptions) };
  try {
    const result = await (workbench[name] as Call)(...parts.slice(0, place), watched);
    run?.end('done', null);
    session.onResult(name, result);
    if (follower === null) return result;
    const view = () => follower.view(result);
    rememberResult(result as object, view, display?.finish(view) ?? null);
    return result;
  } catch (error) {
    const isStopped = (watched['signal'] as AbortSignal | undefined)?.aborted ?? false;
    const [state, reason] = [
      isStopped ? 'stopped' : 'failed',
      error instanceof Error ? error.message : String(error),
    ] as const;
    run?.end(state, reason);
    display?.end(state, reason);
    throw error;
  } finally {
    session.onCallEnd();
  }
}

/** The follower's hooks, each with the caller's own after it. */
function joined(hooks: Readonly<Record<string, Hook>>, own: Options, touch: () => void): Options {
  const entries = Object.entries(hooks).map(([name, hook]) => {
    const both: Hook = (...told) => {
      hook(...told);
      touch();
      (own[name] as Hook | undefined)?.(...told);
    };
    return [name, both] as const;
  });
  return Object.fromEntries(entries);
}
