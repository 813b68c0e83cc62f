import { expect, test } from 'vitest';
import { runCharts } from '../../../labextension/src/views/run/run-charts.ts';
import { findRunControls, provideRunControls } from '../../../labextension/src/views/run/run-controls.ts';
import { runSummary, runTitle } from '../../../labextension/src/views/run/run-summary.ts';
import { makeRun, makeStep } from '../figure-data.ts';

const chartOf = (title: string, steps = [makeStep(0), makeStep(1)]) =>
  runCharts(steps).find((chart) => chart.title === title);

test('every question has a chart: accuracy at both ε with intervals, reward parts, verdicts, and the update', () => {
  expect(runCharts(makeRun(3).steps).map(({ title }) => title)).toEqual([
    ...['accuracy', 'reward', 'verdicts', 'groups that teach nothing', 'loss', 'KL to the first weights, nats'],
    ...['clipped tokens, share', 'entropy, nats', 'gradient norm', 'length, characters', 'completion, tokens'],
    ...['tokens a second', 'programs a second'],
  ]);
  expect(chartOf('accuracy')?.series.map(({ name, band }) => [name, band?.length])).toEqual([
    ['ε 0.05', 2],
    ['ε 0.0001', 2],
  ]);
  expect(chartOf('reward')?.series.map(({ name }) => name)).toEqual(['total', 'answer', 'format']);
});

test('verdicts are shares of the step, correct at the bottom', () => {
  const verdicts = chartOf('verdicts');
  expect(verdicts).toMatchObject({
    kind: 'stack',
    series: [{ values: [0.5, 0.5] }, { values: [0.25, 0.25] }, { values: [0.25, 0.25] }],
  });
  expect(verdicts?.series[0]?.name).toContain('correct');
});

test('what nobody knows has no chart, and rounding is no loss', () => {
  expect(chartOf('entropy, nats', [makeStep(0, { entropy: null })])).toBeUndefined();
  expect(chartOf('loss', [makeStep(0, { loss: -7e-17 })])?.series[0]?.values).toEqual([0]);
  expect(runCharts([])).toEqual([]);
});

test('names of prototypes are verdicts and parts as any other', () => {
  const verdicts = JSON.parse('{"__proto__": 4, "constructor": 12}') as Record<string, number>;
  const parts = JSON.parse('{"__proto__": 0.5}') as Record<string, number>;
  const steps = [makeStep(0, { verdicts, reward: { mean: 1, parts } })];
  expect(chartOf('verdicts', steps)?.series.map(({ values }) => values)).toEqual([[0.75], [0.25]]);
  expect(chartOf('reward', steps)?.series.map(({ values }) => values)).toEqual([[1], [0.5]]);
});

test('the summary tells the state, the newest scores and why nothing is learnt', () => {
  const cause = { kind: 'format', share: 0.9, sentence: '90 % hold no program.', advice: 'Teach the format.' } as const;
  expect(runTitle(makeRun(2))).toBe('Run a on HiGHS');
  expect(runSummary(makeRun(2, { cause }))).toMatch(
    /^running, 2 steps, step 1, accuracy at ε 0.05 .*Nothing is learnt: 90 % hold no program\.$/,
  );
});

test('a run has controls only where somebody provides them', () => {
  expect(findRunControls('a')).toBeNull();
  const controls = { pause: () => undefined, resume: () => undefined, stop: () => undefined };
  provideRunControls((run) => (run === 'a' ? controls : null));
  expect([findRunControls('a'), findRunControls('b'), findRunControls(null)]).toEqual([controls, null, null]);
  provideRunControls(() => null);
});
