import { train } from '../loop.ts';
import { openProblems } from '../open-problems.ts';
import { findTrainablePolicy } from '../policy/find-policy.ts';
import { renderTable } from '../text-table.ts';
import type { Rollout } from '../types.ts';
import { describeStep } from './train-progress.ts';

const PROBLEMS = 'tiny:1:16';
const SOLVER = 'gurobi';
/** Characters of the histogram's longest bar. */
const BAR_LENGTH = 40;

/** The loop once, for somebody who watches: the tiny policy writes, the solver judges, the weights change. */
export async function demoStep(signal: AbortSignal): Promise<void> {
  const { problems } = await openProblems(PROBLEMS);
  const policy = await findTrainablePolicy('tiny');
  try {
    console.log(
      `\nThe loop once: the tiny policy writes programs for ${problems.length} problems, ${SOLVER} judges them.\n`,
    );
    for await (const step of train(policy, { problems, solvers: [SOLVER], steps: 1, signal })) {
      const { groups = 0, zeroVarianceGroups = 0, gradientNorm = 0 } = step.statistics;
      console.log(renderRewards(step.rollouts));
      console.log(
        `\nOne GRPO step: ${describeStep(step)}. ${groups - zeroVarianceGroups} of ${groups} groups teach something (in the others all ` +
          `rewards are equal);\nthe gradient's norm is ${gradientNorm.toFixed(2)}. More of it: \`evom train --policy tiny --solver ${SOLVER} --steps 30\`.`,
      );
    }
  } finally {
    await policy.close();
  }
}

/** A bar for each reward that was given, the lowest first. */
function renderRewards(rollouts: readonly Pick<Rollout, 'reward'>[]): string {
  const kept = rollouts.filter(({ reward }) => !reward.masked);
  const counts = Map.groupBy(kept, ({ reward }) => reward.total.toFixed(1));
  const most = Math.max(...[...counts.values()].map(({ length }) => length));
  const rows = [...counts]
    .toSorted(([left], [right]) => Number(left) - Number(right))
    .map(([reward, { length }]) => [reward, String(length), '█'.repeat(Math.ceil((length / most) * BAR_LENGTH))]);
  return renderTable([['reward', 'programs', ''], ...rows]);
}
