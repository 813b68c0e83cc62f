import { readFileSync } from 'node:fs';
import type { ObjectiveName } from '../../src/types.ts';

/** What `fixtures/trl_reference.py` wrote. Token arrays are [M], completion after completion. */
export interface Reference {
  readonly maxTokens: number;
  /** [n] */
  readonly lengths: readonly number[];
  readonly logProbs: readonly number[];
  readonly oldLogProbs: readonly number[];
  readonly referenceLogProbs: readonly number[];
  /** [n] */
  readonly advantages: readonly number[];
  readonly losses: readonly {
    readonly objective: ObjectiveName;
    readonly klWeight: number;
    readonly loss: number;
    readonly gradient: readonly number[];
    readonly clipFraction: number;
    readonly kl: number | null;
  }[];
  readonly crossEntropy: number;
  /** Groups of four; null: nobody could score it. */
  readonly rewards: readonly (readonly (number | null)[])[];
  readonly standardised: readonly number[];
  readonly plain: readonly number[];
  readonly overlong: { readonly lengths: readonly number[]; readonly penalties: readonly number[] };
  readonly linear: readonly number[];
  readonly cosine: readonly number[];
}

export function readReference(): Reference {
  return JSON.parse(readFileSync(new URL('fixtures/trl.json', import.meta.url), 'utf8')) as Reference;
}
