/** Accuracies by policy and solver, of an evaluation and of a transfer. Pure. */

import type { PassAtK } from '../../../src/evaluate.ts';
import type { Rollout, SolverName, Verdict } from '../../../src/types.ts';
import type { PolicyEvaluation, Transfer } from '../../../src/workbench/results.ts';
import type { ProgressData, TransferCell, TransferData } from '../../spec/mime.ts';
import { scoreData } from './score-data.ts';
import { countWords, DONE, finite } from './values.ts';

/** What a cell tells of a rollout. */
export interface JudgedSample {
  readonly solver: SolverName;
  readonly verdict: Verdict;
  /** The name that the solver's API lacks. */
  readonly missingName: string | null;
}

export function judgedSample({ observation, verdict }: Rollout): JudgedSample {
  const missingName = observation.outcome === 'missing-api' ? (observation.detail ?? 'unnamed') : null;
  return { solver: observation.solver, verdict, missingName };
}

export function evaluationData(evaluation: PolicyEvaluation): TransferData {
  const { policy, problems, labelSet, solvers, rollouts } = evaluation;
  const names = Object.keys(solvers) as SolverName[];
  const samples = rollouts.map(judgedSample);
  const cells = names.map((solver): TransferCell => {
    const own = solvers[solver];
    return {
      solver,
      scores: own?.scores.map(scoreData) ?? [],
      passAtK: own?.passAtK.map(passData) ?? [],
      ...errorsOf(samples.filter((sample) => sample.solver === solver)),
    };
  });
  return { problems, labelSet, progress: DONE, solvers: names, rows: [{ policy, trainedOn: [], cells }] };
}

/** `samples`: of each row, in order; null where they are not known. */
export function transferData(
  { problems, labelSet, solvers, rows }: Transfer,
  samples: readonly (readonly JudgedSample[])[] | null,
): TransferData {
  return {
    ...{ problems, labelSet, progress: DONE, solvers },
    rows: rows.map(({ policy, trainedOn, scores }, row) => ({
      ...{ policy, trainedOn },
      cells: solvers.map((solver) => ({
        solver,
        scores: scores[solver]?.map(scoreData) ?? [],
        passAtK: [],
        ...(samples === null
          ? { verdicts: null, missingNames: null }
          : errorsOf((samples[row] ?? []).filter((sample) => sample.solver === solver))),
      })),
    })),
  };
}

/** What is known before any policy is judged to its end: the verdicts so far, in one row. */
export function judgingData(samples: readonly JudgedSample[], progress: ProgressData): TransferData {
  const solvers = [...new Set(samples.map(({ solver }) => solver))];
  const cells = solvers.map((solver) => ({
    ...{ solver, scores: [], passAtK: [] },
    ...errorsOf(samples.filter((sample) => sample.solver === solver)),
  }));
  return { problems: null, labelSet: null, progress, solvers, rows: [{ policy: 'so far', trainedOn: [], cells }] };
}

function errorsOf(samples: readonly JudgedSample[]): Pick<TransferCell, 'verdicts' | 'missingNames'> {
  const names = countWords(samples.flatMap(({ missingName }) => missingName ?? []));
  const sorted = Object.entries(names).toSorted(([, left], [, right]) => right - left);
  return {
    verdicts: countWords(samples.map(({ verdict }) => verdict)),
    missingNames: sorted.map(([name, count]) => ({ name, count })),
  };
}

function passData({ k, epsilon, problems, value, interval }: PassAtK): TransferCell['passAtK'][number] {
  return { k, epsilon, problems, value: finite(value), low: interval.low, high: interval.high };
}
