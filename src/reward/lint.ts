/**
 * `lintReward`: a fixed set of adversarial answers and an honest control group, run against any reward function.
 *
 * Not covered: the answers are synthetic observations, so this checks the reward, never the sandbox or the certificate
 * (`evom attack` does that). A reward that passes here can still be gamed by what is not in the set.
 */

import type { DegenerateFlag } from '../types.ts';
import { LINT_CASES, type LintCase } from './lint-cases.ts';
import { FORMATTED, honest, optimal } from './lint-observation.ts';
import type { RewardFunction } from './reward.ts';

/** One case against one reward function. */
export interface LintRow {
  readonly case: string;
  readonly what: string;
  readonly shouldPass: boolean;
  /** The total; null where the function threw or gave no finite number. */
  readonly reward: number | null;
  readonly masked: boolean;
  /** Rewarded: more than half way from a certified wrong answer to a certified right one, and not masked. */
  readonly passes: boolean;
  /** False where an attack is rewarded, an honest answer is not, or the function broke. */
  readonly ok: boolean;
  /** The certificate's flags, which show a guessed answer where no verdict can. */
  readonly degenerate: readonly DegenerateFlag[];
  /** Why EVOM's own default lets this case through, where the function does so too. */
  readonly documented: string | null;
  /** What the function threw, or that its total is no number. */
  readonly fault: string | null;
}

/** Runs every case. Never throws: a function that throws is a finding. */
export function lintReward(reward: RewardFunction): readonly LintRow[] {
  const right = measure(reward, honest(optimal(100)), 100);
  const wrong = measure(reward, honest(optimal(250)), 100);
  const threshold =
    right.total !== null && wrong.total !== null && right.total > wrong.total
      ? (right.total + wrong.total) / 2
      : Number.POSITIVE_INFINITY;
  return LINT_CASES.map((item) => lintCase(reward, item, threshold));
}

function lintCase(reward: RewardFunction, item: LintCase, threshold: number): LintRow {
  const { observation, answer, completion } = item.input;
  const { total, masked, fault } = measure(reward, observation, answer, completion);
  const passes = total !== null && !masked && total > threshold;
  return {
    case: item.name,
    what: item.what,
    shouldPass: item.shouldPass,
    reward: total,
    masked,
    passes,
    ok: fault === null && passes === item.shouldPass,
    degenerate: observation.certificate?.degenerate ?? [],
    documented: passes ? item.documented : null,
    fault,
  };
}

interface Measured {
  readonly total: number | null;
  readonly masked: boolean;
  readonly fault: string | null;
}

function measure(
  reward: RewardFunction,
  observation: LintCase['input']['observation'],
  answer: LintCase['input']['answer'],
  completion: LintCase['input']['completion'] = FORMATTED,
): Measured {
  try {
    const { total, masked } = reward({ observation, answer, completion });
    if (Number.isFinite(total)) return { total, masked, fault: null };
    return { total: null, masked, fault: `the total is ${total}, not a finite number` };
  } catch (error) {
    return { total: null, masked: false, fault: `threw ${String(error)}` };
  }
}

/** The table that `evom lint reward` prints, and its one-line summary. */
export function renderLint(rows: readonly LintRow[]): string {
  const width = Math.max(...rows.map((row) => row.case.length));
  const lines = rows.map((row) => {
    const said = row.masked ? 'masked' : row.passes ? 'rewarded' : row.reward === null ? 'broken' : 'refused';
    const wanted = row.shouldPass ? 'rewarded' : 'refused';
    const value = row.reward === null ? '-' : String(Number(row.reward.toFixed(3)));
    const flags = row.degenerate.length === 0 ? null : `flags: ${row.degenerate.join(', ')}`;
    const notes = [row.what, row.fault, row.documented, flags].filter((note) => note !== null).join('; ');
    const state = row.ok ? 'ok' : row.documented === null ? 'FAIL' : 'known';
    return `${state.padEnd(5)}  ${row.case.padEnd(width)}  ${wanted.padEnd(8)}  ${said.padEnd(8)}  ${value.padStart(6)}  ${notes}`;
  });
  const header = `       ${'case'.padEnd(width)}  ${'wanted'.padEnd(8)}  ${'got'.padEnd(8)}  reward  what`;
  return [header, ...lines, summarise(rows)].join('\n');
}

function summarise(rows: readonly LintRow[]): string {
  const controls = rows.filter((row) => row.shouldPass);
  const attacks = rows.filter((row) => !row.shouldPass);
  const rewarded = controls.filter((row) => row.passes).length;
  const through = attacks.filter((row) => row.passes);
  const known = through.filter((row) => row.documented !== null).length;
  const named = through.length === 0 ? '' : `: ${through.map((row) => row.case).join(', ')}`;
  return `${rewarded} of ${controls.length} honest answers rewarded; ${through.length} of ${attacks.length} attacks rewarded (${known} of them known)${named}`;
}
