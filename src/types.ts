/**
 * The nouns of the project. Every module, column, JSON key and view uses these words.
 *
 * Letters used in doc comments: B problems, G samples per problem.
 * Units: `…Ms` milliseconds, `…Bytes` bytes.
 */

/** What a problem's label can say. `no-solution` is the benchmarks' `No Best Solution`: infeasible, unbounded or either. */
export type Answer = number | 'infeasible' | 'unbounded' | 'no-solution';

/** A word problem with the label it is judged by. */
export interface Problem {
  readonly id: string;
  readonly text: string;
  readonly answer: Answer;
  /** Where it comes from: a benchmark's name, a file's name, or `synthetic/<family>`. */
  readonly source: string;
}

/** A set of problems under one label-set version. Scores carry `labelSet`, because public label sets disagree. */
export interface ProblemSet {
  readonly name: string;
  /** Content hash of every (id, text, answer), first 12 hexadecimal digits of SHA-256. */
  readonly labelSet: string;
  readonly problems: readonly Problem[];
  /** Rows that are odd; a row with an unreadable label is reported here and left out of `problems`. */
  readonly issues: readonly RowIssue[];
}

/** Something odd about one row of an input file. */
export interface RowIssue {
  /** 1-based line or row number in the file. */
  readonly row: number;
  readonly id: string | null;
  readonly kind:
    | 'unreadable-row'
    | 'missing-field'
    | 'unreadable-label'
    | 'empty-text'
    | 'duplicate-text'
    | 'duplicate-id'
    | 'conflicting-label';
  readonly field: string | null;
  readonly message: string;
  /** True where the row could not be used at all. */
  readonly dropped: boolean;
}

/** The target solvers. Each is one stem in `src/solvers`. */
export const SOLVER_NAMES = ['gurobi', 'ortools', 'copt', 'highs', 'scip'] as const;
export type SolverName = (typeof SOLVER_NAMES)[number];

/** A solver's status, whatever the solver calls it. `feasible`: stopped at a limit with an incumbent; `limit`: without one. */
export type SolveStatus =
  | 'optimal'
  | 'infeasible'
  | 'unbounded'
  | 'infeasible-or-unbounded'
  | 'feasible'
  | 'limit'
  | 'error';

/** What one solve said: status, and the objective's value where there is one. */
export interface Solve {
  readonly status: SolveStatus;
  readonly objective: number | null;
}

/** The solve as the untrusted program's process reported it. */
export interface ClaimedSolve extends Solve {
  /** The solver's own word or number for the status. */
  readonly rawStatus: string;
  /** The API it went through, such as `gurobipy`, `pywraplp` or `cp_model`. */
  readonly api: string;
}

/** What happened when a program ran. Independent of the answer and of ε, so that caches and stores can hold it. */
export const OUTCOMES = [
  'solved',
  'no-solve',
  'exception',
  'missing-api',
  'no-program',
  'truncated',
  'time',
  'memory',
  'output',
  'blocked',
  'licence',
  'uncertified',
  'infra',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a model looks built around a guessed answer rather than from the problem. Each flag is a hint, never a verdict. */
export type DegenerateFlag =
  /** Every objective coefficient is zero, or there is no objective. */
  | 'constant-objective'
  /** The constraints leave the objective a single value: the minimum and the maximum coincide. */
  | 'pinned-objective'
  /** No row links two variables: bounds alone decide the optimum. */
  | 'no-linking-row'
  /** Bounds and single-variable equalities fix every variable. */
  | 'no-free-variable';

/** The trusted second opinion on the model that the program handed to its solver. */
export interface Certificate {
  /**
   * `agrees`: re-solved, and the claim matches; `disagrees`: re-solved, and it does not;
   * `open`: nobody settled it in time; `unexportable`: there is no model to re-solve;
   * `incumbent`: the program stopped at a limit, there is no optimum to certify.
   */
  readonly kind: 'agrees' | 'disagrees' | 'open' | 'unexportable' | 'incumbent';
  /** Who re-solved: HiGHS in WebAssembly, or the same solver in a process that never saw the program. */
  readonly by: 'highs-wasm' | 'same-solver' | null;
  /** The re-solve's own result; null where there is none. */
  readonly solve: Solve | null;
  /** One sentence: what agreed or disagreed, or why there is no certificate. */
  readonly reason: string;
  readonly degenerate: readonly DegenerateFlag[];
  /** Size of the exported model; null where HiGHS could not read it. */
  readonly size: { readonly variables: number; readonly integers: number; readonly constraints: number } | null;
  /** As people read it; null where there is none. Kept for who asks for it (`ProgramRequest`), absent otherwise. */
  readonly model?: KeptModel | null;
  readonly durationMs: number;
}

/** What is kept of an exported model: the beginning of its text, and of the solution that its re-solve found. */
export interface KeptModel {
  /** `lp`; where HiGHS does not read it, as the solver wrote it. */
  readonly format: 'lp' | 'mps' | 'cip' | 'cp-sat' | 'mathopt';
  readonly text: string;
  /** Of the whole text, in UTF-16 code units. */
  readonly length: number;
  readonly sense: 'minimize' | 'maximize' | null;
  /** HiGHS's own, which may be another optimum than the program's; null where it found none. */
  readonly solution: {
    /** Variables that are not zero, in the model's order. */
    readonly values: readonly { readonly name: string; readonly value: number }[];
    /** How many there are; more than `values` where it was cut. */
    readonly nonzeros: number;
  } | null;
}

/** How a program was fenced in. `landlock+seccomp` is the full sandbox; anything below it is weaker and says so. */
export type Isolation = 'landlock+seccomp' | 'namespaces+seccomp' | 'seccomp' | 'none';

/** The exception that ended a program. */
export interface ProgramError {
  readonly type: string;
  readonly message: string;
  /** 1-based line of the program, where the traceback names one. */
  readonly line: number | null;
}

/**
 * What running a program showed, whatever the label. One shape for success and failure:
 * a bad program is data, never an exception.
 */
export interface Observation {
  readonly id: string;
  readonly solver: SolverName;
  readonly solverVersion: string;
  readonly outcome: Outcome;
  /** One sentence that says why, where the outcome alone does not. */
  readonly detail: string | null;
  /** Certified status; null unless the outcome is `solved`. */
  readonly status: SolveStatus | null;
  /** Certified objective; null unless the outcome is `solved` and there is an optimum. */
  readonly objective: number | null;
  readonly claimed: ClaimedSolve | null;
  readonly certified: Solve | null;
  readonly certificate: Certificate | null;
  /** How many solves the program completed; the last one counts. */
  readonly solveCount: number;
  readonly error: ProgramError | null;
  /** Standard output and error together, cut at the log limit. */
  readonly stdout: string;
  /** How much the program wrote before the cut. */
  readonly stdoutBytes: number;
  readonly durationMs: number;
  readonly cpuMs: number;
  /** Peak resident memory. */
  readonly memoryBytes: number;
  readonly exitCode: number | null;
  readonly signal: number | null;
  readonly isolation: Isolation;
  /** True where the execution cache answered. */
  readonly cached: boolean;
}

/** What a judge says of an observation under a named rule; where nothing was solved, the outcome that came before. */
export type Verdict = 'correct' | 'wrong-objective' | 'wrong-status' | Exclude<Outcome, 'solved'>;

/** Named reward parts and their weighted total. `masked` rollouts are left out of their group, never trained on as 0. */
export interface Reward {
  readonly parts: Readonly<Record<string, number>>;
  readonly total: number;
  readonly masked: boolean;
}

/** What the policy wrote for a problem and a solver. */
export interface Completion {
  readonly text: string;
  readonly tokenIds: readonly number[];
  /** Log-probability of each token under the policy that wrote it, [T]. */
  readonly logProbs: readonly number[];
  /** True where the completion hit the length limit. */
  readonly truncated: boolean;
}

/** Problem + completion + observation + reward: the row that is stored, shown and exported. */
export interface Rollout {
  readonly problem: Problem;
  readonly completion: Completion;
  readonly observation: Observation;
  readonly verdict: Verdict;
  readonly reward: Reward;
  /** Group-relative advantage; null before the update, and for masked rollouts. */
  readonly advantage: number | null;
}

/** What a policy is asked to write: a program for this problem and this solver. */
export interface Prompt {
  readonly problem: Problem;
  readonly solver: SolverName;
}

/** How completions are drawn. Defaults: {@link DEFAULT_SAMPLING} in `config.ts`. */
export interface SamplingOptions {
  /** G: completions per prompt. */
  readonly samples: number;
  /** 0 is greedy: the likeliest token, always. */
  readonly temperature: number;
  /** Nucleus: the fewest likeliest tokens whose probabilities reach this sum; 1 is off. */
  readonly topP: number;
  /** The k likeliest tokens; 0 is off. */
  readonly topK: number;
  /** T: a completion that reaches it is `truncated`. */
  readonly maxTokens: number;
  /** A completion ends before the first of these texts. */
  readonly stop: readonly string[];
  /** Random numbers depend on (seed, step, problem id, solver, sample) alone, never on what else is in the batch. */
  readonly seed: number;
  readonly step: number;
}

/** Options of {@link Policy.generate}. */
export interface GenerateOptions extends Partial<SamplingOptions> {
  /** Ends generation promptly; the iterator rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told of new text as it comes, before the completion is whole. */
  readonly onText?: (text: string, promptIndex: number, sampleIndex: number) => void;
}

/** A completion, and which it is. */
export interface Generation {
  readonly promptIndex: number;
  readonly sampleIndex: number;
  readonly completion: Completion;
}

/** Whoever writes completions. Evaluation takes any policy. */
export interface Policy {
  readonly name: string;
  /** Yields completions as they finish, `samples` for each prompt. */
  generate(prompts: readonly Prompt[], options?: GenerateOptions): AsyncIterable<Generation>;
  close(): Promise<void>;
}

/** One completion that the policy is to learn from. */
export interface TrainingSample {
  readonly completion: Completion;
  /** A of the policy gradient; 1 in SFT. */
  readonly advantage: number;
}

/** Completions of one prompt. The prompt is computed once for all of them. */
export interface TrainingGroup {
  readonly prompt: Prompt;
  readonly samples: readonly TrainingSample[];
}

/** A policy with weights of its own. `train` accepts no other. */
export interface TrainablePolicy extends Policy {
  /** The completion that is this text: its tokens, ended properly. For SFT. */
  completionOf(text: string): Completion;
  /** One optimiser step. Returns statistics by name, such as `loss`, `clipFraction`, `gradientNorm`. */
  update(groups: readonly TrainingGroup[], options: UpdateOptions): Promise<Readonly<Record<string, number>>>;
  /** Writes a folder that transformers reads, and beside it what `--resume` needs: optimiser and step. */
  save(folder: string): Promise<void>;
}

/** The objectives; formulas and sources are in `update/objective.ts`. */
export const OBJECTIVE_NAMES = ['sft', 'grpo', 'dapo', 'dr-grpo'] as const;
export type ObjectiveName = (typeof OBJECTIVE_NAMES)[number];

/** What one update depends on besides its data. */
export interface UpdateOptions {
  readonly objective: ObjectiveName;
  readonly learningRate: number;
  /** The ratio is clipped to [1 − clipLow, 1 + clipHigh]. */
  readonly clipLow: number;
  readonly clipHigh: number;
  /** β of the k3 estimate of KL(π ‖ reference); 0 needs no reference. */
  readonly klWeight: number;
  readonly weightDecay: number;
  /** Largest global norm of the gradient. */
  readonly maxGradientNorm: number;
  /** The temperature that the completions were drawn at; log-probabilities are taken there. */
  readonly temperature: number;
  /** T of the generation: DR. GRPO's constant divisor. */
  readonly maxTokens: number;
}

/** One turn of the loop. */
export interface Step {
  /** 0-based. */
  readonly index: number;
  readonly rollouts: readonly Rollout[];
  /** The update's statistics by name, such as `loss`, `kl`, `clipFraction`. */
  readonly statistics: Readonly<Record<string, number>>;
}
