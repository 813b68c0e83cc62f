/**
 * The project's own rule: the paper's, on what was certified.
 *
 * Not covered: an honest, trivial model around a guessed answer is certified like any other. The certificate's
 * degenerate flags show it; they never change a verdict. And ε = 0.05 is wide: a relaxed model within 5 % is a hit.
 */

import { agrees } from '../agreement.ts';
import { DEFAULT_DELTA, DEFAULT_EPSILON } from '../config.ts';
import type { Answer, Observation, Verdict } from '../types.ts';
import { judgeSolve, type Tolerance } from './answer.ts';
import type { Rule } from './rule.ts';

/** The paper's rule with another ε or δ. Defaults: ε 0.05, δ 0.01. */
export function createEvomRule({ epsilon = DEFAULT_EPSILON, delta = DEFAULT_DELTA }: Tolerance = {}): Rule {
  return {
    name: 'evom',
    describe: `certified status, and certified objective with |u − a| / max(|a|, ${delta}) ≤ ${epsilon}; the claim must agree`,
    epsilon,
    forgeable: false,
    judge: (observation, answer) => judge(observation, answer, { epsilon, delta }),
  };
}

function judge(observation: Observation, answer: Answer, tolerance: Tolerance): Verdict {
  const { outcome, claimed, certified, certificate } = observation;
  if (outcome !== 'solved') return outcome;
  if (certificate?.kind === 'incumbent') return 'wrong-status';
  if (claimed === null || certified === null || certificate?.kind !== 'agrees') return 'uncertified';
  if (!agrees(claimed, certified)) return 'uncertified';
  return judgeSolve(certified, answer, tolerance);
}
