/** Has a policy write programs for problems that it was not trained on, and says what became of each. */

import { type ProgramRunner, rollOut } from '../../loop/roll-out.ts';
import { accuracyOf } from '../../loop/statistics.ts';
import { createReward } from '../../reward/reward.ts';
import type { Policy, Problem, Prompt, Rollout, SolverName } from '../../types.ts';
import type { JudgedSet } from '../problem-sets.ts';
import { RULE, type ScoreRow, scoreRow } from './score-row.ts';

export interface Judging {
  readonly verifier: ProgramRunner;
  readonly maxTokens: number;
  readonly signal?: AbortSignal;
}

/** Greedy accuracy on some solvers, as `train` validates; 0 where all is masked. `n` is without what is masked. */
export async function accuracyOn(
  policy: Policy,
  problems: readonly Problem[],
  solvers: readonly SolverName[],
  judging: Judging,
): Promise<{ readonly accuracy: number; readonly n: number }> {
  const prompts = solvers.flatMap((solver) => problems.map((problem): Prompt => ({ problem, solver })));
  const rollouts = await write(policy, prompts, { samples: 1, temperature: 0, seed: 0 }, judging);
  const kept = rollouts.filter(({ rollout }) => !rollout.reward.masked).map(({ rollout }) => rollout);
  return { accuracy: kept.length === 0 ? 0 : accuracyOf(kept), n: kept.length };
}

/** Every set on one solver: the greedy completion of each problem, and `sampled` ones at temperature 1. */
export async function judgeOn(
  policy: Policy,
  solver: SolverName,
  sets: readonly JudgedSet[],
  place: { readonly arm: string; readonly seed: number; readonly sampled: number },
  judging: Judging,
): Promise<readonly ScoreRow[]> {
  const { arm, seed, sampled } = place;
  const placed = sets.flatMap(({ split, problems }) => problems.map((problem) => ({ split, problem })));
  const prompts = placed.map(({ problem }): Prompt => ({ problem, solver }));
  const modes = [
    { mode: 'greedy', samples: 1, temperature: 0 },
    { mode: 'sampled', samples: sampled, temperature: 1 },
  ] as const;
  const rows: ScoreRow[] = [];
  for (const { mode, samples, temperature } of modes) {
    if (samples === 0) continue;
    for (const { rollout, prompt, sample } of await write(policy, prompts, { samples, temperature, seed }, judging)) {
      rows.push(scoreRow(rollout, { arm, seed, split: placed[prompt]?.split ?? '', mode, sample }));
    }
  }
  return rows;
}

interface Written {
  readonly rollout: Rollout;
  readonly prompt: number;
  readonly sample: number;
}

async function write(
  policy: Policy,
  prompts: readonly Prompt[],
  sampling: { readonly samples: number; readonly temperature: number; readonly seed: number },
  { verifier, maxTokens, signal }: Judging,
): Promise<readonly Written[]> {
  const generation = { ...sampling, maxTokens };
  const reward = createReward({ rule: RULE });
  const groups = await rollOut(policy, prompts, { generation, verifier, rule: RULE, reward, ...(signal && { signal }) })
    .groups;
  return groups.flatMap((group, prompt) => group.map((rollout, sample) => ({ rollout, prompt, sample })));
}
