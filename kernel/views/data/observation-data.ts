import { relativeError } from '../../../src/reward/answer.ts';
import type { Completion, KeptModel, Observation, Reward, Verdict } from '../../../src/types.ts';
import type {
  AnswerValue,
  CompletionData,
  ModelData,
  ObservationData,
  ObservationSummary,
  RewardData,
} from '../../spec/mime.ts';
import { finite, finiteValues, problemData, type ShownProblem, TEXT_LIMIT, textData } from './values.ts';

/** What is known besides the observation. */
export interface ObservationContext {
  readonly problem: ShownProblem | null;
  readonly program: string | null;
  readonly completion: Completion | null;
  readonly verdict: Verdict | null;
  readonly reward: Reward | null;
  readonly advantage: number | null;
  readonly limits: ObservationData['limits'];
}

export const UNKNOWN_CONTEXT: ObservationContext = {
  ...{ problem: null, program: null, completion: null, verdict: null, reward: null, advantage: null, limits: null },
};

/** All of it. */
export function observationData(observation: Observation, context: ObservationContext): ObservationData {
  const { certified, certificate, solveCount, stdout, stdoutBytes, exitCode, signal, isolation, solverVersion } =
    observation;
  const problem = context.problem && problemData(context.problem);
  return {
    ...summarise(observation, context.problem?.answer ?? null, context.verdict),
    ...{ solverVersion, problem, expected: problem?.answer ?? null },
    reward: context.reward && rewardData(context.reward),
    advantage: finite(context.advantage),
    certified: certified && { status: certified.status, objective: finite(certified.objective) },
    certificate: certificate && {
      ...{ kind: certificate.kind, by: certificate.by, reason: certificate.reason, size: certificate.size },
      durationMs: certificate.durationMs,
    },
    solveCount,
    program: context.program === null ? null : textData(context.program),
    completion: context.completion && completionData(context.completion),
    model: certificate?.model ? modelData(certificate.model) : null,
    ...{ stdout: textData(stdout), stdoutBytes, limits: context.limits, exitCode, signal, isolation },
  };
}

function modelData({ solution, ...model }: KeptModel): ModelData {
  const values = solution?.values.map(({ name, value }) => ({ name, value: finite(value) })) ?? [];
  return { ...model, solution: solution && { values, nonzeros: solution.nonzeros } };
}

export function summarise(
  { id, solver, outcome, detail, status, objective, claimed, error, certificate, ...run }: Observation,
  answer: AnswerValue | null,
  verdict: Verdict | null,
): ObservationSummary {
  const isCompared = objective !== null && typeof answer === 'number';
  return {
    ...{ id, solver, outcome, verdict, detail, status, objective: finite(objective) },
    claimed: claimed && {
      ...{ status: claimed.status, objective: finite(claimed.objective) },
      ...{ rawStatus: claimed.rawStatus, api: claimed.api },
    },
    relativeError: isCompared ? finite(relativeError(objective, answer)) : null,
    error: error && { type: error.type, message: textData(error.message, ERROR_LIMIT), line: error.line },
    degenerate: certificate?.degenerate ?? [],
    ...{ durationMs: run.durationMs, cpuMs: run.cpuMs, memoryBytes: run.memoryBytes, cached: run.cached },
  };
}

const ERROR_LIMIT = 500;

export function completionData({ text, tokenIds, truncated }: Completion, limit: number = TEXT_LIMIT): CompletionData {
  return { text: textData(text, limit), tokens: tokenIds.length, truncated };
}

export function rewardData({ total, parts, masked }: Reward): RewardData {
  return { total: finite(total), parts: finiteValues(parts), masked };
}
