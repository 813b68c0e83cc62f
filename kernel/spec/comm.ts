/**
 * What the side panel and the kernel say to each other over the comm `evom.panel`, which the front end opens. Plain data
 * with types of `mime.ts` alone, so that the Lab extension takes it by `import type`.
 *
 * The kernel tells of the session when the comm opens and after every call, and of runs at most 15 times a second. It
 * answers while a cell runs, but for one that never waits. Fields are only added; a reader passes over an unknown kind.
 */

import type {
  ObservationData,
  ProblemData,
  ProgressData,
  RolloutsData,
  RunData,
  ScoreData,
  SolversData,
  SolverWord,
} from './mime.ts';

export type PanelTarget = 'evom.panel';

/** With `comm_open`. */
export interface PanelOpening {
  /** Of runs; at most 15, which is the default. */
  readonly updatesPerSecond?: number;
}

export type PanelRequest =
  /** Tell of the session and its runs again. */
  | { readonly kind: 'refresh' }
  /** A run waits after its step; stopping it is an interrupt of its cell. A run that does not run is left as it is. */
  | { readonly kind: RunCommand; readonly run: string }
  | { readonly kind: 'ask'; readonly id: number; readonly question: PanelQuestion };

export type RunCommand = 'pause' | 'resume' | 'stop';

export type PanelQuestion =
  | { readonly about: 'solvers' }
  /** `folder`: of a run, from where the kernel works. */
  | { readonly about: 'run'; readonly folder: string }
  | { readonly about: 'rollouts'; readonly folder: string; readonly step: number; readonly limit: number }
  /** Runs `program` as it stands on `solver`, whichever it was written for. Judged where the problem's answer is known. */
  | {
      readonly about: 'observation';
      readonly program: string;
      readonly solver: SolverWord;
      readonly problem: ProblemData | null;
    };

/** What a question is answered with, by what it is about. */
export interface PanelAnswers {
  readonly solvers: SolversData;
  readonly run: RunData;
  readonly rollouts: RolloutsData;
  readonly observation: ObservationData;
}

export type PanelMessage =
  | { readonly kind: 'session'; readonly session: SessionData }
  | { readonly kind: 'runs'; readonly runs: readonly LiveRunData[] }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: PanelAnswers[keyof PanelAnswers] }
  | { readonly kind: 'refused'; readonly id: number; readonly reason: string };

/** A training of this session, running or not; the newest first. */
export interface LiveRunData {
  readonly run: string;
  /** Null until it is known. */
  readonly folder: string | null;
  readonly solvers: readonly SolverWord[];
  /** Counts steps. `paused` once it waits. */
  readonly progress: ProgressData;
  readonly stepProgress: RunData['stepProgress'];
  /** Of the last step, at the first ε; null before there is one. */
  readonly accuracy: ScoreData | null;
  /** It was asked to pause, and its step is still under way. */
  readonly isPausing: boolean;
}

export interface SessionData {
  /** Null where none were chosen. */
  readonly problems: { readonly name: string; readonly count: number } | null;
  readonly policy: { readonly source: string; readonly name: string; readonly isTrainable: boolean } | null;
  /** What can be chosen by name. */
  readonly problemSets: readonly string[];
  readonly policies: readonly string[];
  /** Below the folder of runs; the newest first. */
  readonly folders: readonly RunFolderData[];
}

export interface RunFolderData {
  readonly run: string;
  readonly folder: string;
  /** Steps that are there whole. */
  readonly steps: number;
}
