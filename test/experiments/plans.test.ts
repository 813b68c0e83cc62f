import { describe, expect, test } from 'vitest';
import { withAncestors } from '../../src/experiments/experiment.ts';
import { EXPERIMENTS, findExperiment } from '../../src/experiments/plans/find-experiment.ts';
import { findPreset } from '../../src/experiments/presets/preset.ts';
import { smoke } from '../../src/experiments/presets/smoke.ts';
import { tiny } from '../../src/experiments/presets/tiny.ts';
import { problemSets } from '../../src/experiments/problem-sets.ts';

const CASES = EXPERIMENTS.flatMap((experiment) => [tiny, smoke].map((preset) => ({ experiment, preset })));

describe.each(CASES)('$experiment.name, $preset.name', ({ experiment, preset }) => {
  test('every arm has a name of its own, and comes after what it goes on from', () => {
    const arms = withAncestors(experiment.arms(preset, { isSweep: true }));
    const names = arms.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const [index, { from }] of arms.entries()) {
      expect(from === null ? -1 : names.indexOf(from.name)).toBeLessThan(index);
    }
    expect(arms.filter(({ training }) => training === null).map(({ name }) => name)).toEqual(['base']);
  });

  test('claims are about arms that are run, and can be written down', () => {
    const names = experiment.arms(preset, { isSweep: false }).map(({ name }) => name);
    const claims = experiment.claims(preset);
    for (const { left, right } of claims) expect(names).toEqual(expect.arrayContaining([left, right]));
    expect(JSON.parse(JSON.stringify(claims))).toEqual(claims);
  });

  test('RL ends with a validation', () => {
    for (const { training } of experiment.arms(preset, { isSweep: true })) {
      if (training?.kind === 'rl') expect(training.steps % training.validateEvery).toBe(0);
    }
  });
});

test('the sweep has other settings than the marked one, and each once', () => {
  const swept = findExperiment('transfer').arms(tiny, { isSweep: true });
  const marked = findExperiment('transfer').arms(tiny, { isSweep: false });
  expect(swept.length).toBe(marked.length + tiny.sweep.sft.length + tiny.sweep.rl.length);
  expect(new Set(swept.map(({ training }) => JSON.stringify(training))).size).toBe(swept.length);
  expect(swept.filter(({ isMarked }) => isMarked)).toEqual(marked);
});

test('arms that experiments share are the same training', () => {
  const trainingOf = (experiment: string, arm: string): unknown =>
    findExperiment(experiment)
      .arms(tiny, { isSweep: false })
      .find(({ name }) => name === arm)?.training;
  for (const name of ['transfer', 'adapt', 'joint', 'ablate']) {
    expect(trainingOf(name, 'rl')).toEqual(trainingOf('sft-vs-rl', 'rl'));
  }
});

test('SFT and RL get the same problems, at most 40 steps, and the held-out set has 300 or more', () => {
  expect(tiny.sft.samples).toBe(tiny.rl.problems);
  expect(tiny.rl.steps).toBeLessThanOrEqual(40);
  expect(tiny.data.heldOut).toBeGreaterThanOrEqual(300);
});

test('no text is in two of the sets; unseen families are unseen', () => {
  const { training, validation, judged } = problemSets(tiny, null);
  const sets = [training, validation, ...judged.map(({ problems }) => problems)];
  const texts = sets.flatMap((problems) => [...new Set(problems.map(({ text }) => text))]);
  expect(new Set(texts).size).toBe(texts.length);
  const families = training.map(({ family }) => family);
  const [heldOut, unseen] = judged.map(({ problems }) =>
    [...new Set(problems.map(({ source }) => source.split('/')[1] ?? ''))].toSorted(),
  );
  expect(families).toEqual(expect.arrayContaining(heldOut ?? []));
  expect(unseen).toEqual(['blending', 'portfolio']);
  expect(heldOut).not.toEqual(expect.arrayContaining(['blending']));
  expect(families.filter((family) => unseen?.includes(family))).toEqual([]);
});

test('unknown names are refused', () => {
  expect(() => findPreset('huge')).toThrow(/among tiny, smoke/);
  expect(() => findExperiment('magic')).toThrow(/among sft-vs-rl, transfer, adapt, cold-start, joint, ablate/);
});
