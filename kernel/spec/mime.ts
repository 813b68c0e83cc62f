/**
 * What the MIME types of EVOM's results hold, version 1. Plain data with no imports, so that the Lab extension takes this
 * one file by `import type`. Every type survives `JSON.stringify` and back: null stands for what is not known, NaN and
 * infinities among it.
 *
 * The contract: within a version fields are only added; renaming one or changing its meaning makes a `.v2+json`. A
 * reader takes an unknown word in a closed list as one that it cannot explain, not as an error.
 *
 * Units: `…Ms` milliseconds, `…Bytes` bytes, shares in [0, 1], lengths of texts in UTF-16 code units.
 * Not covered: the fallbacks beside these (`text/html` or `image/png`, and `text/plain`) are for reading alone.
 */

/** Every MIME type with what it holds. A bundle may hold several: rewards are a histogram and the rollouts behind it. */
export interface EvomMimeTypes {
  readonly 'application/vnd.evom.observation.v1+json': ObservationData;
  readonly 'application/vnd.evom.rollouts.v1+json': RolloutsData;
  readonly 'application/vnd.evom.histogram.v1+json': HistogramData;
  readonly 'application/vnd.evom.run.v1+json': RunData;
  readonly 'application/vnd.evom.transfer.v1+json': TransferData;
  readonly 'application/vnd.evom.solvers.v1+json': SolversData;
}

export type SolverWord = 'gurobi' | 'ortools' | 'copt' | 'highs' | 'scip';

export type OutcomeWord =
  | 'solved'
  | 'no-solve'
  | 'exception'
  | 'missing-api'
  | 'no-program'
  | 'truncated'
  | 'time'
  | 'memory'
  | 'output'
  | 'blocked'
  | 'licence'
  | 'uncertified'
  | 'infra';

/** Under a rule; where nothing was solved, the outcome. */
export type VerdictWord = 'correct' | 'wrong-objective' | 'wrong-status' | Exclude<OutcomeWord, 'solved'>;

export type StatusWord =
  | 'optimal'
  | 'infeasible'
  | 'unbounded'
  | 'infeasible-or-unbounded'
  | 'feasible'
  | 'limit'
  | 'error';

export type AnswerValue = number | 'infeasible' | 'unbounded' | 'no-solution';

/** How far the call is that makes this. Live displays are replaced under their `display_id`; the last one is complete. */
export interface ProgressData {
  /** `stopped`: interrupted. `paused` is for runs alone. */
  readonly state: 'running' | 'paused' | 'done' | 'stopped' | 'failed';
  readonly done: number;
  readonly total: number;
  /** Of the part that is left, at the pace so far; null where nobody can say. */
  readonly secondsLeft: number | null;
  /** Why it failed; null where it did not. */
  readonly error: string | null;
}

/** A text, possibly its beginning alone. */
export interface TextData {
  readonly text: string;
  /** Of the whole; larger than the text's own where it was cut. */
  readonly length: number;
}

export interface ProblemData {
  readonly id: string;
  readonly text: TextData;
  readonly source: string;
  /** The label; null where there is none. */
  readonly answer: AnswerValue | null;
}

export interface SolveData {
  readonly status: StatusWord;
  readonly objective: number | null;
}

export interface RewardData {
  readonly total: number | null;
  /** Named parts, unweighted or weighted as the reward has them. */
  readonly parts: Readonly<Record<string, number | null>>;
  /** Left out of its group. */
  readonly masked: boolean;
}

/** What a row of a table needs of an observation. */
export interface ObservationSummary {
  readonly id: string;
  readonly solver: SolverWord;
  readonly outcome: OutcomeWord;
  /** Null where nobody has judged yet. */
  readonly verdict: VerdictWord | null;
  /** One sentence that says why; of `missing-api` the name that the API lacks. */
  readonly detail: string | null;
  /** Certified; null unless `solved`. */
  readonly status: StatusWord | null;
  readonly objective: number | null;
  /** What the program's own process reported. */
  readonly claimed: (SolveData & { readonly rawStatus: string; readonly api: string }) | null;
  /** |objective − answer| / max(|answer|, 0.01); null where either is not a number. */
  readonly relativeError: number | null;
  readonly error: { readonly type: string; readonly message: TextData; readonly line: number | null } | null;
  /** Hints that the model was built around a guessed answer: `constant-objective`, `pinned-objective`, … */
  readonly degenerate: readonly string[];
  readonly durationMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  /** The execution cache answered. */
  readonly cached: boolean;
}

/** `application/vnd.evom.observation.v1+json`: one program and all that running it showed. */
export interface ObservationData extends ObservationSummary {
  readonly solverVersion: string;
  readonly problem: ProblemData | null;
  /** The problem's label. */
  readonly expected: AnswerValue | null;
  readonly reward: RewardData | null;
  readonly advantage: number | null;
  readonly certified: SolveData | null;
  readonly certificate: {
    readonly kind: 'agrees' | 'disagrees' | 'open' | 'unexportable' | 'incumbent';
    readonly by: 'highs-wasm' | 'same-solver' | null;
    readonly reason: string;
    readonly size: { readonly variables: number; readonly integers: number; readonly constraints: number } | null;
    readonly durationMs: number;
  } | null;
  readonly solveCount: number;
  /** What was run; null where only the observation is known. `error.line` counts its lines from 1. */
  readonly program: TextData | null;
  /** The whole completion that holds the program; null where there is none. */
  readonly completion: CompletionData | null;
  /** The exported model; null where it was not kept. */
  readonly model: ModelData | null;
  /** Standard output and error together. */
  readonly stdout: TextData;
  /** How much the program wrote, before any cut. */
  readonly stdoutBytes: number;
  /** Null where the limits are not known. */
  readonly limits: { readonly cpuMs: number; readonly wallMs: number; readonly memoryBytes: number } | null;
  readonly exitCode: number | null;
  readonly signal: number | null;
  readonly isolation: string;
}

export interface ModelData extends TextData {
  /** `lp`, or the format of the solver that wrote it. The export names its variables, in the order of the program's. */
  readonly format: string;
  /** Null where nobody could read it. */
  readonly sense: 'minimize' | 'maximize' | null;
  /** What the certificate's re-solve found, perhaps another optimum than the program's; null where it found none. */
  readonly solution: {
    /** Variables that are not zero. */
    readonly values: readonly { readonly name: string; readonly value: number | null }[];
    /** How many there are; more than `values` where they were cut. */
    readonly nonzeros: number;
  } | null;
}

export interface CompletionData {
  readonly text: TextData;
  /** Null while it is being written. */
  readonly tokens: number | null;
  /** It hit the length limit. */
  readonly truncated: boolean;
}

/** `application/vnd.evom.rollouts.v1+json`: completions with what became of them, as far as that is known. */
export interface RolloutsData {
  /** What has been done to the rows. */
  readonly stage: 'generated' | 'verified' | 'rewarded';
  readonly progress: ProgressData;
  /** The run that they are of, below the session's folder of runs; null where they are of none. */
  readonly run: string | null;
  /** How verdicts were given; null before. */
  readonly rule: RuleData | null;
  /** Rows refer to these by index. */
  readonly problems: readonly ProblemData[];
  /** In their order; of a call that runs, or was stopped, the newest alone. */
  readonly rows: readonly RolloutData[];
  /** Rollouts that there are; more than `rows` where some were left out. */
  readonly total: number;
  /** The longest completion and standard output that `rows` keep; longer ones are cut there. */
  readonly textLimit: number;
  /** Of all rollouts: by solver, how many had which verdict (the outcome where nobody has judged, `written` before). */
  readonly counts: Readonly<Partial<Record<SolverWord, Readonly<Record<string, number>>>>>;
}

export interface RolloutData {
  /** Index in `problems`; null where the problem is not known. */
  readonly problem: number | null;
  readonly solver: SolverWord;
  /** Which of the problem's completions, from 0; null where it is not known. */
  readonly sample: number | null;
  /** Place in a run; null outside one. */
  readonly step: number | null;
  readonly position: number | null;
  /** Null where only the observation is known. */
  readonly completion: CompletionData | null;
  /** Null before it was run. */
  readonly observation: (ObservationSummary & { readonly stdout: TextData }) | null;
  readonly reward: RewardData | null;
  /** Null before the update, and for masked rollouts. */
  readonly advantage: number | null;
}

export interface RuleData {
  readonly name: string;
  readonly epsilon: number;
  /** Version of the labels; null where it is not known. */
  readonly labelSet: string | null;
}

/** `application/vnd.evom.histogram.v1+json`: rewards, counted in bins. Masked rollouts are in no bin. */
export interface HistogramData {
  /** Of the reward. */
  readonly reward: string | null;
  /** `total` first, then each named part. */
  readonly parts: readonly HistogramPart[];
  readonly steps: readonly HistogramStep[];
  /** Of a reward function of the user's own: what the reward lint found. Null for the project's reward. */
  readonly lint: {
    readonly cases: number;
    readonly failed: readonly { readonly name: string; readonly what: string }[];
  } | null;
}

export interface HistogramPart {
  readonly name: string;
  /** n + 1 edges of n bins, ascending, the same for every step and solver. A bin holds its lower edge, not its upper one. */
  readonly edges: readonly number[];
}

export interface HistogramStep {
  /** Null for rewards of no run. */
  readonly step: number | null;
  readonly solvers: readonly HistogramSolver[];
}

export interface HistogramSolver {
  readonly solver: SolverWord;
  /** By part and bin. */
  readonly counts: readonly (readonly number[])[];
  /** By part, over those not masked; null where all are. */
  readonly means: readonly (number | null)[];
  readonly rollouts: number;
  readonly masked: number;
  /** Reasons for masking; other reasons are in `masked` alone. */
  readonly infra: number;
  readonly truncated: number;
  readonly groups: GroupCounts;
}

/** A group is one problem's completions for one solver. */
export interface GroupCounts {
  readonly total: number;
  /** All rewards equal: the group teaches nothing. */
  readonly zeroVariance: number;
  /** Every rollout that is not masked is correct; none is; all are masked. */
  readonly allPass: number;
  readonly allFail: number;
  readonly allMasked: number;
}

/** `application/vnd.evom.run.v1+json`: a training run, or one update by hand. */
export interface RunData {
  /** Null for an update by hand. */
  readonly run: string | null;
  /** Its folder. */
  readonly folder: string | null;
  readonly solvers: readonly SolverWord[];
  /** `done` and `total` count steps. */
  readonly progress: ProgressData;
  /** Steps that were in the folder already. */
  readonly stored: number;
  /** Rollouts of the step under way; null between steps. */
  readonly stepProgress: { readonly done: number; readonly total: number } | null;
  /** What the policy writes just now; null where it does not. */
  readonly writing: string | null;
  readonly steps: readonly RunStep[];
  /** Rewards of every step. */
  readonly histogram: HistogramData;
  /** Why nothing is learnt, by the last steps; null where something is. */
  readonly cause: CauseData | null;
}

export interface RunStep {
  readonly index: number;
  /** Raw accuracy of the step's rollouts, whatever the reward is, at both of the paper's ε. */
  readonly scores: readonly ScoreData[];
  /** On the validation set; null where this step was not validated. */
  readonly validation: { readonly accuracy: number; readonly low: number; readonly high: number } | null;
  readonly reward: { readonly mean: number | null; readonly parts: Readonly<Record<string, number | null>> };
  readonly verdicts: Readonly<Record<string, number>>;
  readonly rollouts: number;
  readonly masked: number;
  readonly groups: GroupCounts;
  /** Groups that the update was given. */
  readonly trainedGroups: number | null;
  readonly loss: number | null;
  /** Of the policy to the weights that the run began with, mean of k3, in nats. */
  readonly kl: number | null;
  readonly clipFraction: number | null;
  /** Mean over tokens, in nats. */
  readonly entropy: number | null;
  readonly gradientNorm: number | null;
  readonly learningRate: number | null;
  /** Mean tokens of a completion. */
  readonly completionTokens: number | null;
  /** Mean characters of its thinking and its program. */
  readonly thinkingLength: number | null;
  readonly codeLength: number | null;
  readonly tokensPerSecond: number | null;
  /** By the time of generation and verification together, which overlap. */
  readonly programsPerSecond: number | null;
  readonly seconds: {
    readonly generate: number | null;
    readonly verify: number | null;
    readonly update: number | null;
  };
  /** Every statistic under its own name. */
  readonly statistics: Readonly<Record<string, number | null>>;
}

export interface CauseData {
  readonly kind: 'zero-variance' | 'format' | 'licence' | 'infra' | 'truncated';
  /** Of the rollouts, or of the groups, that it concerns. */
  readonly share: number;
  readonly sentence: string;
  /** What to do. */
  readonly advice: string;
}

/** `application/vnd.evom.transfer.v1+json`: trained on × judged on. An evaluation is one row. */
export interface TransferData {
  /** Of the problem set. */
  readonly problems: string | null;
  readonly labelSet: string | null;
  readonly progress: ProgressData;
  readonly solvers: readonly SolverWord[];
  readonly rows: readonly TransferRowData[];
}

export interface TransferRowData {
  readonly policy: string;
  /** Empty for one that nothing was taught. */
  readonly trainedOn: readonly SolverWord[];
  /** One for each of the solvers, in order. */
  readonly cells: readonly TransferCell[];
}

export interface TransferCell {
  readonly solver: SolverWord;
  /** One for each ε, the loosest first. */
  readonly scores: readonly ScoreData[];
  /** Shares of problems with a hit among k samples; empty where one was drawn. */
  readonly passAtK: readonly {
    readonly k: number;
    readonly epsilon: number;
    readonly problems: number;
    readonly value: number | null;
    readonly low: number;
    readonly high: number;
  }[];
  /** Under the first rule; null where the rollouts are not known. */
  readonly verdicts: Readonly<Record<string, number>> | null;
  /** Names that the solver's API lacks, the most frequent first; null where the rollouts are not known. */
  readonly missingNames: readonly { readonly name: string; readonly count: number }[] | null;
}

/** Accuracy with what it depends on. */
export interface ScoreData {
  readonly rule: string;
  readonly epsilon: number;
  /** Rollouts judged, without the masked ones. */
  readonly n: number;
  /** Problems that they belong to: what the interval counts. */
  readonly problems: number;
  readonly hits: number;
  readonly masked: number;
  /** Null where n is 0. */
  readonly accuracy: number | null;
  /** Wilson's 95 % interval over problems. */
  readonly low: number;
  readonly high: number;
}

/** `application/vnd.evom.solvers.v1+json`: what is there. */
export interface SolversData {
  readonly progress: ProgressData;
  readonly rows: readonly SolverData[];
}

export interface SolverData {
  readonly solver: SolverWord;
  /** As people write it. */
  readonly title: string;
  readonly installed: boolean;
  readonly version: string | null;
  readonly licence: string;
  /** Of a licence with a size limit, by what is counted. */
  readonly limits: Readonly<Record<string, number>>;
  /** Python APIs whose solves are seen. */
  readonly apis: readonly string[];
  readonly startMs: number | null;
  /** Why it cannot run programs; null where it can. */
  readonly reason: string | null;
}
