/** Why a run does not learn, named where its last steps show one cause. A hint: it looks at counts alone. Pure. */

import type { CauseData, RunStep } from '../../spec/mime.ts';

/** Steps that are looked at, the newest ones. */
const WINDOW = 5;
/** Share of the rollouts from which on a failure is the cause. */
const MOST = 0.5;

type Failure = Exclude<CauseData['kind'], 'zero-variance'>;

/** The failures that have a remedy of their own, the first that fits is named. */
const FAILURES: readonly {
  readonly kind: Failure;
  readonly verdict: string;
  readonly what: string;
  readonly advice: string;
}[] = [
  {
    kind: 'infra',
    verdict: 'infra',
    what: 'of the programs were lost by our fault and are masked',
    advice: 'Look at the details of the rollouts; `evom doctor` says what is missing.',
  },
  {
    kind: 'licence',
    verdict: 'licence',
    what: 'of the programs met the size limit of the licence',
    advice: 'Take smaller problems, a licence of your own, or HiGHS or SCIP, which need none.',
  },
  {
    kind: 'truncated',
    verdict: 'truncated',
    what: 'of the completions were cut at the length limit and are masked',
    advice: 'Raise the largest number of tokens.',
  },
  {
    kind: 'format',
    verdict: 'no-program',
    what: 'of the completions hold no program in the expected format',
    advice: 'Begin with supervised examples of the format (`evom pretrain`, SFT), or a policy that knows it.',
  },
];

/** Null where some group of the last steps taught something, or where there are no steps. */
export function whyNothingIsLearnt(steps: readonly RunStep[]): CauseData | null {
  const last = steps.slice(-WINDOW);
  const sum = (count: (step: RunStep) => number): number => last.reduce((total, step) => total + count(step), 0);
  const groups = sum((step) => step.groups.total);
  const mute = sum((step) => step.groups.zeroVariance + step.groups.allMasked);
  if (groups === 0 || mute < groups) return null;
  const rollouts = sum((step) => step.rollouts);
  for (const { kind, verdict, what, advice } of FAILURES) {
    const share = sum((step) => step.verdicts[verdict] ?? 0) / rollouts;
    if (share >= MOST) return { kind, share, sentence: `${Math.round(100 * share)} % ${what}.`, advice };
  }
  const pass = sum((step) => step.groups.allPass);
  const fail = sum((step) => step.groups.allFail);
  const told =
    pass === groups ? 'all are solved already' : fail === groups ? 'none is solved' : 'all are solved or none';
  return {
    kind: 'zero-variance',
    share: mute / groups,
    sentence: `In every group all rewards are equal (${told}), so that no completion is better than another.`,
    advice:
      pass > fail
        ? 'Take harder problems.'
        : 'Take easier problems, more completions of each, or a higher temperature.',
  };
}
