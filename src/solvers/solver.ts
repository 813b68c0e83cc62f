import type { SolverName, SolveStatus } from '../types.ts';

/**
 * A target solver, declared as data. Its twin of the same stem in Python (`gurobi.ts`, `gurobi.py`) is the hook
 * that runs beside the program and reports what the solver said.
 */
export interface Solver {
  readonly name: SolverName;
  /** As people write it: `Gurobi`, `OR-Tools`. */
  readonly title: string;
  /** The package on PyPI, whose version is the solver's version. */
  readonly distribution: string;
  /** The solver's own Python modules; an AttributeError or ImportError on one of them is a hallucinated call. */
  readonly modules: readonly string[];
  /** The APIs whose solve calls are hooked, with each one's statuses in the closed union. */
  readonly apis: Readonly<Record<string, StatusTable>>;
  readonly licence: Licence;
  /** One paragraph for a policy's prompt: which package, how to import it, how to read the result. */
  readonly promptHint: string;
}

/** The solver's own status words (or numbers, as text) into the closed union. An unknown one becomes `error`. */
export type StatusTable = Readonly<Record<string, SolveStatus>>;

/** What the solver does without a licence file, and how it says that a model is too large. */
export interface Licence {
  /** `open`: none needed. `size-limited`: free up to `limits`. */
  readonly kind: 'open' | 'size-limited';
  readonly limits: Readonly<Record<string, number>>;
  /** Matches the error message of a missing or exceeded licence. */
  readonly refusal: RegExp | null;
  /** Where users keep their own licence: a variable that names a file or folder, and the file names in it. */
  readonly files: readonly { readonly variable: string; readonly names: readonly string[] }[];
  /** Matches a licence file that needs a token server or a cloud: programs have no network, so it cannot be used. */
  readonly network: RegExp | null;
}
