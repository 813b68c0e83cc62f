/** Types of `python-environment.mjs`, which is plain JavaScript because set-up runs on any Node from 18. */

export interface SolverCheck {
  /** The Python module, such as `gurobipy`. */
  readonly module: string;
  /** Its version, or null where it does not import. */
  readonly version: string | null;
  /** Why it does not import. */
  readonly reason: string | null;
}

export interface SetUpOptions {
  /** Takes one line of progress at a time. */
  readonly log: (line: string) => void;
}

/** Builds the environment at `folder` from the lock file, or finds it built. Rejects with what to do next. */
export function createPythonEnvironment(folder: string, options: SetUpOptions): Promise<{ readonly built: boolean }>;

/** Imports each solver in a process of its own; a missing one is a row with its reason. */
export function checkSolvers(folder: string): Promise<readonly SolverCheck[]>;

/** `$EVOM_HOME`, else the per-user data folder, with `python-<lock hash>` in it. */
export function userEnvironmentFolder(environment: Readonly<Record<string, string | undefined>>): string;

/** The interpreter inside an environment's folder. */
export function interpreterOf(folder: string): string;
