/** A training of four steps that is over in milliseconds. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { TrainOptions } from '../../src/loop/options.ts';
import { train } from '../../src/loop.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { RunStore } from '../../src/store/store.ts';
import type { Problem, Step, TrainablePolicy, TrainingGroup, UpdateOptions } from '../../src/types.ts';
import { DESCRIPTION } from '../store/sample-step.ts';
import { makeProblems, makeRunner, timeless } from './fakes.ts';

type SmallRun = Required<Pick<TrainOptions, 'problems' | 'steps' | 'problemsPerStep' | 'samples' | 'seed'>>;

export const PROBLEMS: readonly Problem[] = makeProblems(12);
export const SMALL: SmallRun = { problems: PROBLEMS, steps: 4, problemsPerStep: 4, samples: 4, seed: 3 };

export const memory = (): RunStore => createMemoryStore(DESCRIPTION);

/** Every step, without its timings. */
export async function collect(policy: TrainablePolicy, options: Partial<TrainOptions> = {}): Promise<Step[]> {
  const steps: Step[] = [];
  for await (const step of train(policy, { verifier: makeRunner(), ...SMALL, ...options })) steps.push(timeless(step));
  return steps;
}

/** The policy, with what its updates were given. */
export function watched<Watched extends TrainablePolicy>(
  policy: Watched,
  onUpdate: (groups: readonly TrainingGroup[], options: UpdateOptions) => void,
): Watched {
  return {
    ...policy,
    update: (groups: readonly TrainingGroup[], options: UpdateOptions) => {
      onUpdate(groups, options);
      return policy.update(groups, options);
    },
  };
}

/** Names of folders that are not there yet; they are removed after the file's tests. */
export function freshFolders(): () => string {
  const folder = mkdtempSync(join(tmpdir(), 'evom-loop-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let next = 0;
  return () => join(folder, String(next++));
}
