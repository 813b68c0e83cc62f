/**
 * Rollouts, or as much of them as there is, as the data of a table. A notebook holds at most {@link MAX_ROWS} rows and some
 * {@link TEXT_BUDGET} characters of completions and output: the more rows, the shorter their texts.
 */

import type { Completion, Observation, Reward, Rollout, SolverName, Verdict } from '../../../src/types.ts';
import type { ProblemCompletion, StoredRollout } from '../../../src/workbench/results.ts';
import type { ProgressData, RolloutData, RolloutsData, RuleData } from '../../spec/mime.ts';
import { completionData, rewardData, summarise } from './observation-data.ts';
import { countWords, finite, problemData, type ShownProblem, textData } from './values.ts';

/** More are counted and left out. */
export const MAX_ROWS = 10_000;
/** Of a call that was interrupted, the newest: the interrupt waits for them. */
export const MAX_STOPPED_ROWS = 1000;
/** UTF-16 code units of all rows together. */
const TEXT_BUDGET = 3_000_000;
const LONGEST_TEXT = 16_384;
const SHORTEST_TEXT = 160;
/** Of a problem's text: it is stored once for all of its completions. */
const LONGEST_PROBLEM = 4000;

/** A rollout under way: null where nothing has been done yet, or nothing is known. */
export interface PartialRollout {
  readonly problem: ShownProblem | null;
  readonly solver: SolverName;
  readonly sample: number | null;
  readonly place: { readonly step: number; readonly position: number } | null;
  readonly completion: Completion | null;
  readonly observation: Observation | null;
  readonly verdict: Verdict | null;
  readonly reward: Reward | null;
  readonly advantage: number | null;
}

const BLANK = {
  ...{ problem: null, sample: null, place: null, completion: null },
  ...{ observation: null, verdict: null, reward: null, advantage: null },
} as const;

export function fromCompletion(written: ProblemCompletion, observation: Observation | null = null): PartialRollout {
  const { problem, solver, sample } = written;
  return { ...BLANK, problem, solver, sample, completion: written, observation };
}

export function fromObservation(observation: Observation): PartialRollout {
  return { ...BLANK, solver: observation.solver, observation };
}

export function fromRollout(rollout: Rollout | StoredRollout): PartialRollout {
  const { problem, completion, observation, verdict, reward, advantage } = rollout;
  const sample = /\/(\d+)$/.exec(observation.id)?.[1];
  const place = 'step' in rollout ? { step: rollout.step, position: rollout.position } : null;
  return {
    ...{ problem, solver: observation.solver, sample: sample === undefined ? null : Number(sample), place },
    ...{ completion, observation, verdict, reward, advantage },
  };
}

/** What one word says of it: its verdict, else its outcome, else that it is written. */
function wordOf({ verdict, observation }: PartialRollout): string {
  return verdict ?? observation?.outcome ?? 'written';
}

export function rolloutsData(
  rollouts: readonly PartialRollout[],
  about: { readonly progress: ProgressData; readonly run?: string | null; readonly rule?: RuleData | null },
): RolloutsData {
  const shown = rollouts.slice(0, MAX_ROWS);
  const textLimit = Math.max(SHORTEST_TEXT, Math.min(LONGEST_TEXT, Math.floor(TEXT_BUDGET / (2 * shown.length || 1))));
  const problems = new Map<string, { readonly index: number; readonly problem: ShownProblem }>();
  const indexOf = (problem: ShownProblem | null): number | null => {
    if (problem === null) return null;
    const known = problems.get(problem.id);
    if (known !== undefined) return known.index;
    problems.set(problem.id, { index: problems.size, problem });
    return problems.size - 1;
  };
  const rows = shown.map((rollout) => rowOf(rollout, indexOf(rollout.problem), textLimit));
  const problemLimit = Math.max(
    SHORTEST_TEXT,
    Math.min(LONGEST_PROBLEM, Math.floor(TEXT_BUDGET / (problems.size || 1))),
  );
  return {
    stage: stageOf(rollouts),
    progress: about.progress,
    run: about.run ?? null,
    rule: about.rule ?? null,
    problems: [...problems.values()].map(({ problem }) => problemData(problem, problemLimit)),
    rows,
    total: rollouts.length,
    textLimit,
    counts: countsOf(rollouts),
  };
}

export function countsOf(rollouts: readonly PartialRollout[]): RolloutsData['counts'] {
  const bySolver = Map.groupBy(rollouts, ({ solver }) => solver);
  return Object.fromEntries([...bySolver].map(([solver, some]) => [solver, countWords(some.map(wordOf))]));
}

function stageOf(rollouts: readonly PartialRollout[]): RolloutsData['stage'] {
  if (rollouts.some(({ reward }) => reward !== null)) return 'rewarded';
  return rollouts.some(({ observation }) => observation !== null) ? 'verified' : 'generated';
}

function rowOf(rollout: PartialRollout, problem: number | null, textLimit: number): RolloutData {
  const { solver, sample, place, completion, observation, verdict, reward, advantage } = rollout;
  return {
    ...{ problem, solver, sample, step: place?.step ?? null, position: place?.position ?? null },
    completion: completion && completionData(completion, textLimit),
    observation: observation && {
      ...summarise(observation, rollout.problem?.answer ?? null, verdict),
      stdout: textData(observation.stdout, textLimit),
    },
    reward: reward && rewardData(reward),
    advantage: finite(advantage),
  };
}
