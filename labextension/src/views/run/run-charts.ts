/** What a run shows by step, a chart for each question. What nobody knows has no chart. */

import type { GroupCounts, RunStep } from '../../../../kernel/spec/mime.ts';
import type { Series, StepChart } from '../../figure/chart.ts';
import { seriesColour, verdictColour } from '../../figure/colours.ts';
import { entriesOf, own } from '../../own.ts';
import { markOf } from '../../palette.ts';

/** Advantages of a group sum to 0, but for rounding: a loss below this is 0. */
const NOISE = 1e-9;

type Read = (step: RunStep) => number | null;

/** What a step knows as one number. */
type Measure = {
  [Name in keyof RunStep]: RunStep[Name] extends number | null ? Name : never;
}[keyof RunStep];

export function runCharts(steps: readonly RunStep[]): readonly StepChart[] {
  const x = steps.map(({ index }) => index);
  const chart = (title: string, series: readonly Omit<Series, 'colour'>[], isShare = false): StepChart => ({
    ...{ kind: 'lines', title, xTitle: 'step', x, isShare },
    series: series.filter(isKnown).map((one, index) => ({ ...one, colour: seriesColour(index) })),
  });
  const of = (name: string, read: Read): Omit<Series, 'colour'> => ({ name, values: steps.map(read) });
  const one = (title: string, name: Measure): StepChart => chart(title, [of(title, (step) => step[name])]);
  const groups = (name: string, kind: keyof GroupCounts): Omit<Series, 'colour'> =>
    of(name, (step) => share(step.groups[kind], step.groups.total));
  const parts = [...new Set(steps.flatMap(({ reward }) => Object.keys(reward.parts)))].sort();
  return [
    chart('accuracy', accuracySeries(steps), true),
    chart('reward', [
      of('total', ({ reward }) => reward.mean),
      ...parts.map((part) => of(part, ({ reward }) => own(reward.parts, part) ?? null)),
    ]),
    { ...chart('verdicts', [], true), kind: 'stack' as const, series: verdictSeries(steps) },
    chart(
      'groups that teach nothing',
      [
        groups('all pass', 'allPass'),
        groups('all fail', 'allFail'),
        groups('zero variance', 'zeroVariance'),
        groups('all masked', 'allMasked'),
      ],
      true,
    ),
    chart('loss', [of('loss', ({ loss }) => (loss !== null && Math.abs(loss) < NOISE ? 0 : loss))]),
    one('KL to the first weights, nats', 'kl'),
    one('clipped tokens, share', 'clipFraction'),
    one('entropy, nats', 'entropy'),
    one('gradient norm', 'gradientNorm'),
    chart('length, characters', [
      of('thinking', ({ thinkingLength }) => thinkingLength),
      of('code', ({ codeLength }) => codeLength),
    ]),
    one('completion, tokens', 'completionTokens'),
    one('tokens a second', 'tokensPerSecond'),
    one('programs a second', 'programsPerSecond'),
  ].filter(({ series }) => series.length > 0);
}

/** Both ε with their bands, and validation where there was any. */
function accuracySeries(steps: readonly RunStep[]): readonly Omit<Series, 'colour'>[] {
  const epsilons = steps[0]?.scores.map(({ epsilon }) => epsilon) ?? [];
  return [
    ...epsilons.map((epsilon, index) => ({
      name: `ε ${epsilon}`,
      values: steps.map(({ scores }) => scores[index]?.accuracy ?? null),
      band: steps.map(({ scores }) => ({ low: scores[index]?.low ?? 0, high: scores[index]?.high ?? 1 })),
    })),
    {
      name: 'validation',
      values: steps.map(({ validation }) => validation?.accuracy ?? null),
      band: steps.map(({ validation }) => ({ low: validation?.low ?? 0, high: validation?.high ?? 1 })),
    },
  ];
}

/** Correct at the bottom, then by how often they were. */
function verdictSeries(steps: readonly RunStep[]): readonly Series[] {
  const totals = new Map<string, number>();
  for (const { verdicts } of steps) {
    for (const [verdict, count] of entriesOf(verdicts)) totals.set(verdict, (totals.get(verdict) ?? 0) + count);
  }
  const rank = (verdict: string): number => (verdict === 'correct' ? Infinity : (totals.get(verdict) ?? 0));
  return [...totals.keys()]
    .sort((left, right) => rank(right) - rank(left))
    .map((verdict) => ({
      name: `${markOf(verdict).shape} ${markOf(verdict).word}`,
      colour: verdictColour(verdict),
      values: steps.map(({ verdicts, rollouts }) => share(own(verdicts, verdict) ?? 0, rollouts)),
    }));
}

function share(count: number, total: number): number {
  return total === 0 ? 0 : count / total;
}

function isKnown({ values }: Pick<Series, 'values'>): boolean {
  return values.some((value) => value !== null);
}
