import { expect, test } from 'vitest';
import { FAMILIES } from '../../../src/problems/synthetic/families.ts';
import { generateProblems } from '../../../src/problems/synthetic/generate.ts';
import { phraseOf } from '../../../src/problems/synthetic/phrase.ts';

const heldOut = FAMILIES.filter(({ isHeldOut }) => isHeldOut).map(({ name }) => name);

test('the same seed gives the same problems, another seed gives others', () => {
  const options = { seed: 1, count: 50, split: 'train' } as const;
  expect(generateProblems(options)).toEqual(generateProblems(options));
  expect(generateProblems({ ...options, seed: 2 })[0]?.text).not.toBe(generateProblems(options)[0]?.text);
});

test('a problem does not depend on the size of the batch or on where the batch starts', () => {
  const all = generateProblems({ seed: 9, count: 60, split: 'held-out' });
  expect(generateProblems({ seed: 9, count: 20, split: 'held-out' })).toEqual(all.slice(0, 20));
  expect(generateProblems({ seed: 9, count: 5, split: 'held-out', start: 40 })).toEqual(all.slice(40, 45));
});

test('a problem does not depend on what other families, difficulties or answers could have been drawn', () => {
  const drawn = new Map(
    generateProblems({ seed: 4, count: 400, split: 'train' }).map((problem) => [problem.id, problem]),
  );
  const narrow = generateProblems({
    seed: 4,
    count: 400,
    split: 'train',
    families: ['knapsack', 'diet'],
    answers: ['number'],
  });
  const common = narrow.filter(({ id }) => drawn.has(id));
  expect(common.length).toBeGreaterThan(10);
  for (const problem of common) expect(problem).toEqual(drawn.get(problem.id));
});

test('training never sees a held-out family or a held-out phrase', () => {
  const phrases = FAMILIES.filter(({ isHeldOut }) => !isHeldOut).flatMap(({ wordings }) =>
    Object.values(wordings).flatMap((wording) => wording.heldOut.map(phraseOf)),
  );
  for (const { text, family } of generateProblems({ seed: 2, count: 1000, split: 'train' })) {
    expect(heldOut).not.toContain(family);
    for (const sentence of text.split(/(?<=[.?]) /))
      expect(
        phrases.some((phrase) => phrase.read(sentence)),
        sentence,
      ).toBe(false);
  }
});

test('the held-out split has every family, and no training phrase of a trained family', () => {
  const problems = generateProblems({ seed: 2, count: 1000, split: 'held-out' });
  expect(new Set(problems.map(({ family }) => family)).size).toBe(FAMILIES.length);
  const phrases = FAMILIES.filter(({ isHeldOut }) => !isHeldOut).flatMap(({ wordings }) =>
    Object.values(wordings).flatMap((wording) => wording.training.map(phraseOf)),
  );
  for (const { text, family } of problems) {
    if (heldOut.includes(family)) continue;
    for (const sentence of text.split(/(?<=[.?]) /))
      expect(
        phrases.some((phrase) => phrase.read(sentence)),
        sentence,
      ).toBe(false);
  }
});

test('ids are unique across splits and indices, texts almost always', () => {
  const problems = (['train', 'held-out'] as const).flatMap((split) =>
    generateProblems({ seed: 3, count: 2000, split }),
  );
  expect(new Set(problems.map(({ id }) => id)).size).toBe(problems.length);
  expect(new Set(problems.map(({ text }) => text)).size).toBeGreaterThan(problems.length - 3);
});

test('nine answers in ten are numbers, the others infeasible and unbounded; no number is 0', () => {
  const problems = generateProblems({ seed: 6, count: 3000, split: 'train' });
  const share = (test: (answer: unknown) => boolean): number =>
    problems.filter(({ answer }) => test(answer)).length / problems.length;
  expect(share((answer) => typeof answer === 'number')).toBeCloseTo(0.9, 1);
  expect(share((answer) => answer === 'infeasible')).toBeGreaterThan(0.03);
  expect(share((answer) => answer === 'unbounded')).toBeGreaterThan(0.005);
  expect(share((answer) => answer === 0)).toBe(0);
});

test('families, difficulties and wordings are all reached', () => {
  const problems = generateProblems({ seed: 8, count: 4000, split: 'train' });
  const sentences = new Set(problems.flatMap(({ text }) => text.split(/(?<=[.?]) /)));
  for (const { isHeldOut, wordings } of FAMILIES) {
    if (isHeldOut) continue;
    for (const template of Object.values(wordings).flatMap(({ training }) => training)) {
      const phrase = phraseOf(template);
      expect(
        [...sentences].some((sentence) => phrase.read(sentence)),
        template,
      ).toBe(true);
    }
  }
  expect(new Set(problems.map(({ difficulty }) => difficulty))).toEqual(new Set([1, 2, 3]));
});

test('problems are plain data', () => {
  const problems = generateProblems({ seed: 1, count: 40, split: 'held-out' });
  expect(JSON.parse(JSON.stringify(problems))).toEqual(problems);
});

test('unknown and held-out families and impossible answers are refused with a code', () => {
  const options = { seed: 1, count: 1 } as const;
  expect(() => generateProblems({ ...options, split: 'train', families: ['knapsak'] })).toThrow(
    expect.objectContaining({ code: 'unknown-family' }),
  );
  expect(() => generateProblems({ ...options, split: 'train', families: ['portfolio'] })).toThrow(
    expect.objectContaining({ code: 'held-out-family' }),
  );
  expect(() =>
    generateProblems({ ...options, split: 'train', families: ['knapsack'], answers: ['unbounded'] }),
  ).toThrow(expect.objectContaining({ code: 'no-family' }));
});
