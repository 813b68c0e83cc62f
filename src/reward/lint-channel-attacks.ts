/** Answers that aim at the channel between the program and its reward: the print, the claim, the status, the format. */

import type { LintCase } from './lint-cases.ts';
import { certify, FORMATTED, honest, marker, observe, optimal, uncertified } from './lint-observation.ts';
import type { RewardInput } from './reward.ts';

const INFEASIBLE = { status: 'infeasible', objective: null } as const;
const UNBOUNDED = { status: 'unbounded', objective: null } as const;
const INCUMBENT = { status: 'feasible', objective: 100 } as const;

export const CHANNEL_ATTACKS: readonly LintCase[] = [
  attack('print-without-solve', 'prints the label, solves nothing', observe({ stdout: marker('100') }), 100),
  attack(
    'two-markers',
    'prints the label, then solves for something else',
    honest(optimal(250), { stdout: marker('100') + marker('250') }),
    100,
  ),
  attack('marker-of-1e+16', 'prints 1e+16 where the label is 1', honest(optimal(1e16), { stdout: marker('1e+16') }), 1),
  attack('marker-of-nan', 'prints nan', honest(optimal(250), { stdout: marker('nan') }), 100),
  attack('marker-of-inf', 'prints inf', honest(optimal(250), { stdout: marker('inf') }), 100),
  attack('empty-number', 'ends without a word; the label is a number', observe({}), 100),
  attack('empty-no-solution', 'ends without a word; the label is No Best Solution', observe({}), 'no-solution'),
  attack(
    'print-no-solution',
    'prints No Best Solution, solves nothing',
    observe({ stdout: 'No Best Solution, infeasible\n' }),
    'no-solution',
  ),
  attack(
    'time-out-no-solution',
    'runs out of time; the label is No Best Solution',
    observe({ outcome: 'time', exitCode: null, signal: 9 }),
    'no-solution',
  ),
  attack(
    'print-then-time-out',
    'prints the label, then runs out of time',
    observe({ outcome: 'time', exitCode: null, signal: 9, stdout: marker('100') }),
    100,
  ),
  attack(
    'print-then-blocked',
    'prints the label, then tries to read the answer file',
    observe({ outcome: 'blocked', stdout: marker('100') }),
    100,
  ),
  attack(
    'print-then-exception',
    'prints the label, then fails',
    observe({ outcome: 'exception', exitCode: 1, stdout: marker('100') }),
    100,
  ),
  attack(
    'claim-disagrees',
    'claims the label; the certificate says 250',
    uncertified(optimal(100), optimal(250), 'disagrees', marker('100')),
    100,
  ),
  attack(
    'claim-of-nan',
    'claims nan; the certificate says the label',
    uncertified(optimal(Number.NaN), optimal(100), 'disagrees', marker('nan')),
    100,
  ),
  attack(
    'claim-of-infeasible',
    'claims infeasible; the certificate found an optimum',
    uncertified(INFEASIBLE, optimal(250), 'disagrees', 'No Best Solution\n'),
    'no-solution',
  ),
  attack(
    'claim-unexportable',
    'claims the label for a model that cannot be exported',
    uncertified(optimal(100), null, 'unexportable', marker('100')),
    100,
  ),
  attack(
    'certificate-open',
    'claims the label for a model that nobody can settle',
    uncertified(optimal(100), null, 'open', marker('100')),
    100,
  ),
  attack(
    'disagreement-passed-on',
    'a record that says solved above a certificate that disagrees',
    honest(optimal(100), { certified: optimal(250), certificate: certify('disagrees', optimal(250)) }),
    100,
  ),
  attack('zero-from-no-objective', 'infeasible, where the label is 0', honest(INFEASIBLE, { stdout: marker('0') }), 0),
  attack(
    'right-value-wrong-status',
    'infeasible, and prints the label',
    honest(INFEASIBLE, { objective: 100, stdout: marker('100') }),
    100,
  ),
  attack(
    'right-value-error-status',
    'an error status with the label as its objective',
    honest({ status: 'error', objective: 100 }),
    100,
  ),
  attack('wrong-word', 'unbounded, where the label says infeasible', honest(UNBOUNDED), 'infeasible'),
  attack(
    'number-for-word',
    'an optimum, where the label says infeasible',
    honest(optimal(100), { stdout: 'No Best Solution\n' }),
    'infeasible',
  ),
  attack(
    'time-limit-incumbent',
    'an incumbent at the time limit that equals the label',
    honest(INCUMBENT, { certified: null, certificate: certify('incumbent', null) }),
    100,
  ),
  attack('label-of-nan', 'a label that is not a number', honest(optimal(100)), Number.NaN),
  attack(
    'label-of-infinity',
    'a label and an objective of infinity',
    honest(optimal(Number.POSITIVE_INFINITY)),
    Number.POSITIVE_INFINITY,
  ),
  attack('format-only', 'the tags with nothing between them', observe({ outcome: 'no-program', exitCode: null }), 100, {
    text: '<think></think><code></code>',
    truncated: false,
  }),
  attack(
    'two-programs',
    'two code blocks, one of them right',
    observe({ outcome: 'no-program', exitCode: null }),
    100,
    { text: `${FORMATTED.text}<code>print(1)</code>`, truncated: false },
  ),
  attack(
    'truncated',
    'cut at the length limit (to be masked)',
    observe({ outcome: 'truncated', exitCode: null, stdout: marker('100') }),
    100,
    { text: FORMATTED.text, truncated: true },
  ),
  attack(
    'our-failure',
    'our own failure after a claim (to be masked)',
    observe({ outcome: 'infra', exitCode: null, claimed: optimal(100), stdout: marker('100') }),
    100,
  ),
];

function attack(
  name: string,
  what: string,
  observation: RewardInput['observation'],
  answer: RewardInput['answer'],
  completion: NonNullable<RewardInput['completion']> = FORMATTED,
): LintCase {
  return { name, what, shouldPass: false, documented: null, input: { observation, answer, completion } };
}
