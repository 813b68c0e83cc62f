/** `evaluate` and `transfer`: greedy or sampled completions, judged at both of the paper's ε. */

import { EPSILONS } from '../config.ts';
import { type Evaluation, evaluate as evaluateSamples } from '../evaluate.ts';
import { findCheckpoint } from '../loop/checkpoints.ts';
import { rollOut } from '../loop/roll-out.ts';
import { openProblems } from '../open-problems.ts';
import { createEvomRule } from '../reward/evom.ts';
import { createReward } from '../reward/reward.ts';
import type { Policy, ProblemSet, Rollout, SolverName } from '../types.ts';
import { type EvaluateCall, WORKBENCH_DEFAULTS } from './calls.ts';
import { chosenPolicy } from './choose.ts';
import type { PolicyEvaluation, Transfer, TransferRow } from './results.ts';
import { type ChosenPolicy, checkSolvers, checkWhole, chosenProblems, type State } from './state.ts';

/** Judges the chosen policy as it is now. */
export async function evaluate(state: State, call: EvaluateCall = {}): Promise<PolicyEvaluation> {
  const { set, solvers } = await examination(state, call);
  const { policy, source } = await chosenPolicy(state);
  const rollouts = await judge(state, policy, set, solvers, call);
  return {
    policy: source,
    problems: set.name,
    labelSet: set.labelSet,
    ...evaluationOf(rollouts, set),
    solvers: bySolver(rollouts, set, solvers, (evaluation) => evaluation),
    rollouts,
  };
}

/**
 * Judges the chosen policy as it was opened, after each run that was trained from there in this session, and, where
 * `update` changed it since, as it is now. The chosen policy keeps its weights.
 */
export async function transfer(state: State, call: EvaluateCall = {}): Promise<Transfer> {
  const { set, solvers } = await examination(state, call);
  const chosen = await chosenPolicy(state);
  const candidates = candidatesOf(state, chosen);
  const perPolicy = set.problems.length * solvers.length * (call.samples ?? WORKBENCH_DEFAULTS.evaluationSamples);
  const rows: TransferRow[] = [];
  for (const { name, trainedOn, open, isBorrowed } of candidates) {
    call.signal?.throwIfAborted();
    const policy = await open();
    try {
      const offset = rows.length * perPolicy;
      const rollouts = await judge(state, policy, set, solvers, call, { offset, total: candidates.length * perPolicy });
      rows.push({ policy: name, trainedOn, scores: bySolver(rollouts, set, solvers, ({ scores }) => scores) });
    } finally {
      if (!isBorrowed) await policy.close();
    }
  }
  return { problems: set.name, labelSet: set.labelSet, solvers, rows };
}

interface Candidate {
  readonly name: string;
  readonly trainedOn: readonly SolverName[];
  readonly open: () => Promise<Policy>;
  /** Somebody else closes it. */
  readonly isBorrowed: boolean;
}

function candidatesOf({ trained }: State, chosen: ChosenPolicy): readonly Candidate[] {
  const runs = trained.filter(({ weights }) => weights === chosen.weights);
  return [
    { name: 'base', trainedOn: [], open: () => chosen.reopen(), isBorrowed: false },
    ...runs.map(({ run, solvers, folder }) => ({
      ...{ name: run, trainedOn: solvers, isBorrowed: false },
      open: async () => {
        const checkpoint = await findCheckpoint(folder);
        return chosen.reopen(checkpoint?.folder);
      },
    })),
    ...(chosen.taughtOn.length === 0
      ? []
      : [{ name: 'by hand', trainedOn: chosen.taughtOn, open: async () => chosen.policy, isBorrowed: true }]),
  ];
}

interface Examination {
  readonly set: ProblemSet;
  readonly solvers: readonly SolverName[];
}

async function examination(state: State, { problems, samples, solvers, signal }: EvaluateCall): Promise<Examination> {
  checkWhole('samples', samples, 1);
  const asked = [...new Set(solvers ?? [WORKBENCH_DEFAULTS.solver])];
  const set = problems === undefined ? chosenProblems(state) : await openProblems(problems);
  await checkSolvers(state, asked);
  signal?.throwIfAborted();
  return { set, solvers: asked };
}

async function judge(
  state: State,
  policy: Policy,
  set: ProblemSet,
  solvers: readonly SolverName[],
  call: EvaluateCall,
  place?: { readonly offset: number; readonly total: number },
): Promise<readonly Rollout[]> {
  const { maxTokens, seed, evaluationSamples, signal, onProgress } = { ...WORKBENCH_DEFAULTS, ...call };
  const { samples = evaluationSamples } = call;
  const prompts = solvers.flatMap((solver) => set.problems.map((problem) => ({ problem, solver })));
  const { offset, total } = place ?? { offset: 0, total: prompts.length * samples };
  const rule = createEvomRule();
  let done = offset;
  const { groups } = rollOut(policy, prompts, {
    generation: { samples, temperature: samples === 1 ? 0 : 1, maxTokens, seed },
    ...{ verifier: state.verifier(), rule, reward: createReward({ rule }) },
    ...(signal && { signal }),
    ...(onProgress && { onRollout: (item) => onProgress({ done: ++done, total, item }) }),
  });
  return (await groups).flat();
}

function bySolver<Value>(
  rollouts: readonly Rollout[],
  set: ProblemSet,
  solvers: readonly SolverName[],
  pick: (evaluation: Evaluation) => Value,
): Readonly<Partial<Record<SolverName, Value>>> {
  const of = (solver: SolverName): readonly Rollout[] =>
    rollouts.filter(({ observation }) => observation.solver === solver);
  return Object.fromEntries(solvers.map((solver) => [solver, pick(evaluationOf(of(solver), set))]));
}

function evaluationOf(rollouts: readonly Rollout[], { labelSet }: ProblemSet): Evaluation {
  const samples = rollouts.map(({ problem: { id, answer }, observation }) => ({ problemId: id, answer, observation }));
  return evaluateSamples(samples, { labelSet, rules: EPSILONS.map((epsilon) => createEvomRule({ epsilon })) });
}
