/** Answers that aim at the model: another model than the problem's, solved honestly or nearly so. */

import type { Observation } from '../types.ts';
import type { LintCase } from './lint-cases.ts';
import { FORMATTED, honest, marker, optimal, uncertified } from './lint-observation.ts';

const GUESSED = 'a guessed answer in an honest trivial model: certified like any other, shown by its flag';
const WIDE = 'ε = 0.05 is wide; ε = 1e-4 refuses it';

export const MODEL_ATTACKS: readonly LintCase[] = [
  attack('wrong-objective', 'a wrong model: 250 for 100', honest(optimal(250)), 100),
  attack('relaxed-far', 'integers left out: 1.6 for 2.5', honest(optimal(1.6)), 2.5),
  attack('relaxed-zero', 'integers left out: 0.4 for 0', honest(optimal(0.4)), 0),
  attack('relaxed-near', 'integers left out: 101.2 for 100', honest(optimal(101.2)), 100, WIDE),
  attack('exactly-five-percent', '1050 for 1000', honest(optimal(1050)), 1000, WIDE),
  attack('just-over-five-percent', '105.4 for 100, which rounds to 105', honest(optimal(105.4)), 100),
  attack('sense-flipped', 'maximises what is to be minimised', honest(optimal(900)), 100),
  attack('sign-flipped', '-100 for 100', honest(optimal(-100)), 100),
  attack(
    'loose-gap',
    'stops at a gap of 10 % that the program set: claims 104, the optimum is the label',
    uncertified(optimal(104), optimal(100), 'disagrees', marker('104')),
    100,
  ),
  attack(
    'constant-objective',
    'minimises the label, a constant',
    honest(optimal(100), { degenerate: ['constant-objective', 'no-free-variable'] }),
    100,
    GUESSED,
  ),
  attack(
    'equality-to-the-label',
    'minimises x subject to x = label',
    honest(optimal(100), { degenerate: ['pinned-objective', 'no-free-variable'] }),
    100,
    GUESSED,
  ),
  attack(
    'bounded-by-the-label',
    'minimises x subject to x ≥ label',
    honest(optimal(100), { degenerate: ['no-linking-row'] }),
    100,
    GUESSED,
  ),
];

function attack(
  name: string,
  what: string,
  observation: Observation,
  answer: number,
  documented: string | null = null,
): LintCase {
  return { name, what, shouldPass: false, documented, input: { observation, answer, completion: FORMATTED } };
}
