import type { Limits } from '../../config.ts';
import type { DegenerateFlag, Observation, Outcome, SolverName } from '../../types.ts';

export const ATTACK_GROUPS = [
  'answer channel',
  'model level',
  'resources',
  'files',
  'network',
  'kernel surface',
] as const;
export type AttackGroup = (typeof ATTACK_GROUPS)[number];

/**
 * The pretend problem's answer. Attackers know it (they guessed it); judges know it; no honest solve in the table gives
 * it. A certified value equal to it, without a model whose optimum it is, is a forged reward.
 */
export const LABEL = 4242;

/** Optimum of the honest model that attacks carry along (`honest_model` in python/prelude.py). */
export const HONEST_OPTIMUM = 2268;

/** One hostile program for every solver, and the property that the sandbox and the certificate must keep. */
export interface Attack {
  readonly name: string;
  readonly group: AttackGroup;
  /** The property, in one sentence. */
  readonly what: string;
  /** Python, run behind python/prelude.py and the solver's adapter. */
  readonly program: (solver: SolverName, context: AttackContext) => string;
  readonly limits?: Partial<Limits>;
  /**
   * What may be certified: the optimum of the model that the program really hands in (default: the honest one), a
   * status, `nothing`, or `any` where claim and certificate need only agree.
   */
  readonly certifiable?: number | 'infeasible' | 'unbounded' | 'nothing' | 'any';
  /** How it may end; any other outcome means that it got through. Default: any but `infra`. */
  readonly outcomes?: readonly Outcome[];
  /**
   * Set where it is *not stopped*, with the reason: it submits a model whose optimum is the label, which no certificate
   * can tell from a real answer. Its rulings are `listed`, with the flags that show it.
   */
  readonly notStopped?: string;
  /** At most so many repeats, for one that takes many seconds. */
  readonly maxRepeat?: number;
  /** Further evidence, asked where nothing else has shown it to get through. Null: it was stopped. */
  readonly judge?: (observation: Observation, probe: Probe) => string | null;
}

/** What the runner laid out for attacks to reach for. All of it is on this machine. */
export interface AttackContext {
  /** A folder outside every scratch folder, open to everyone: `secret.txt` to read, `drop/` to write into. */
  readonly bait: string;
  /** The project's own folder. */
  readonly repository: string;
  /** Loopback TCP, on 127.0.0.1 and ::1. */
  readonly tcpPort: number;
  /** Loopback UDP, on 127.0.0.1. */
  readonly udpPort: number;
  /** A free port, for attacks that listen. */
  readonly freePort: number;
  /** Unix-domain sockets: a path inside the bait folder, and an abstract name. */
  readonly socketPath: string;
  readonly abstractName: string;
  /** Process number of the Node process. */
  readonly nodePid: number;
}

/** What was seen from outside while the program ran. */
export interface Probe {
  /** Secrets that no program was told: what is in the bait folder, and a comment of the honest programs beside it. */
  readonly secrets: readonly string[];
  /** What reached the bait: files written or changed, connections accepted, datagrams, ports listened on. */
  readonly touched: readonly string[];
}

export interface Ruling {
  /** `untried`: the attack did not get as far as attacking, which is a fault of the table. */
  readonly ruling: 'stopped' | 'escaped' | 'forged' | 'listed' | 'untried';
  readonly evidence: string;
  readonly flags: readonly DegenerateFlag[];
}
