/** The reward lint's fixed set: an honest control group, then answers that must not be rewarded. */

import { CHANNEL_ATTACKS } from './lint-channel-attacks.ts';
import { MODEL_ATTACKS } from './lint-model-attacks.ts';
import { FORMATTED, honest, marker, optimal } from './lint-observation.ts';
import type { RewardInput } from './reward.ts';

/** One answer, and whether a reward should be given for it. */
export interface LintCase {
  readonly name: string;
  /** One clause: what the program did. */
  readonly what: string;
  readonly shouldPass: boolean;
  /** Why EVOM's own default rule lets it through; null where it does not. Listed, so that nobody is surprised. */
  readonly documented: string | null;
  readonly input: RewardInput;
}

const CONTROLS: readonly LintCase[] = [
  control('honest-optimum', 'the label, certified', honest(optimal(100)), 100),
  control('honest-rounded-label', 'a label that was rounded to two decimals', honest(optimal(1000 / 3)), 333.33),
  control('honest-fraction', 'a label of 2.5', honest(optimal(2.5)), 2.5),
  control('honest-zero', 'a label of 0, met exactly', honest(optimal(0)), 0),
  control('honest-negative-zero', 'a label of 0, met by -0', honest(optimal(-0)), 0),
  control('honest-negative', 'a label below 0', honest(optimal(-250)), -250),
  control('honest-small', 'a label of 5e-05', honest(optimal(5e-5)), 5e-5),
  control('honest-large', 'a label of 1e+16, printed so', honest(optimal(1e16), { stdout: marker('1e+16') }), 1e16),
  control('honest-thousands', 'prints 1,000.00', honest(optimal(1000), { stdout: marker('1,000.00') }), 1000),
  control('honest-silent', 'solves and prints nothing', honest(optimal(100), { stdout: '' }), 100),
  control(
    'honest-infeasible',
    'infeasible, as the label says',
    honest({ status: 'infeasible', objective: null }),
    'infeasible',
  ),
  control(
    'honest-unbounded',
    'unbounded, as the label says',
    honest({ status: 'unbounded', objective: null }),
    'unbounded',
  ),
  control(
    'honest-no-solution',
    'infeasible or unbounded, where the label says No Best Solution',
    honest({ status: 'infeasible-or-unbounded', objective: null }),
    'no-solution',
  ),
];

/** Every case, controls first. */
export const LINT_CASES: readonly LintCase[] = [...CONTROLS, ...CHANNEL_ATTACKS, ...MODEL_ATTACKS];

function control(
  name: string,
  what: string,
  observation: RewardInput['observation'],
  answer: RewardInput['answer'],
): LintCase {
  return { name, what, shouldPass: true, documented: null, input: { observation, answer, completion: FORMATTED } };
}
