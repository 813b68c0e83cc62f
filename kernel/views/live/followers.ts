/** Who follows which call of a session's workbench. */

import { describeScore } from '../../../src/evaluate.ts';
import type { LintRow } from '../../../src/reward/lint.ts';
import { SOLVER_NAMES } from '../../../src/types.ts';
import type { SolverRow } from '../../../src/verify/solver-rows.ts';
import type { ProblemCompletion, Rewards } from '../../../src/workbench/results.ts';
import type { HistogramData } from '../../spec/mime.ts';
import type { Bundle } from '../bundle.ts';
import { policyView, problemsView } from '../choice-view.ts';
import { histogramData, rewardSample } from '../data/histogram-data.ts';
import { fromRollout, rolloutsData } from '../data/rollouts-data.ts';
import { ruleData } from '../data/score-data.ts';
import { DONE } from '../data/values.ts';
import { rewardsView } from '../rewards-view.ts';
import { rolloutsView } from '../rollouts-view.ts';
import { solversView } from '../solvers-view.ts';
import { followGenerate } from './follow-generate.ts';
import { followEvaluate, followTransfer } from './follow-judging.ts';
import { followTrain, followUpdate } from './follow-train.ts';
import { followVerify } from './follow-verify.ts';
import type { CallName, Follower, OptionsOf, ResultOf } from './follower.ts';

/** One for each call but `sql`, whose rows are shown as any other value. */
export type Followers = {
  readonly [Name in Exclude<CallName, 'sql'>]: (options: OptionsOf<Name>) => Follower<Name>;
};

export function createFollowers(): Followers {
  let completions: readonly ProblemCompletion[] = [];
  return {
    solvers: followSolvers,
    problems: () => unwatched<'problems'>(problemsView),
    policy: () => unwatched<'policy'>(policyView),
    generate(options) {
      const follower = followGenerate(options);
      return {
        ...follower,
        view(written) {
          completions = written;
          return follower.view(written);
        },
      };
    },
    verify: (options) => followVerify(options, completions),
    reward: () => unwatched<'reward'>(viewRewards),
    update: followUpdate,
    train: followTrain,
    evaluate: followEvaluate,
    transfer: followTransfer,
    rollouts: ({ run = null }) =>
      unwatched<'rollouts'>((rollouts) =>
        rolloutsView(rolloutsData(rollouts.map(fromRollout), { progress: DONE, run })),
      ),
  };
}

/** Of a call that is too short to be watched. */
function unwatched<Name extends CallName>(view: (result: ResultOf<Name>) => Bundle): Follower<Name> {
  return { hooks: {}, live: null, view };
}

function followSolvers(): Follower<'solvers'> {
  const rows: SolverRow[] = [];
  return {
    hooks: { onProgress: ({ item }) => void rows.push(item) },
    live: {
      reach: () => ({ done: rows.length, total: SOLVER_NAMES.length }),
      draw: (progress) => solversView(rows, progress),
    },
    view: (result) => solversView(result, DONE),
  };
}

function viewRewards({ name, rollouts, score, lint }: Rewards): Bundle {
  const histogram = histogramData(name, [{ step: null, samples: rollouts.map(rewardSample) }]);
  const data = rolloutsData(rollouts.map(fromRollout), { progress: DONE, rule: ruleData(score) });
  return rewardsView(
    lint === null ? histogram : { ...histogram, lint: lintData(lint) },
    data,
    `Accuracy ${describeScore(score)}`,
  );
}

/** What EVOM's own reward lets through too is no finding. */
function lintData(lint: readonly LintRow[]): HistogramData['lint'] {
  const failed = lint.filter(({ ok, documented }) => !ok && documented === null);
  return { cases: lint.length, failed: failed.map((row) => ({ name: row.case, what: row.what })) };
}
