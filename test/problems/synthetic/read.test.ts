import { expect, test } from 'vitest';
import { generateProblems } from '../../../src/problems/synthetic/generate.ts';
import { readProblem } from '../../../src/problems/synthetic/read.ts';

const COUNT = 10_000;

test('10 000 problems are determined by their texts: the reading gives the stored model back', {
  timeout: 60_000,
}, () => {
  const problems = (['train', 'held-out'] as const).flatMap((split) =>
    generateProblems({ seed: 5, count: COUNT / 2, split }),
  );
  const misread = problems.filter(({ text, model }) => JSON.stringify(readProblem(text)) !== JSON.stringify(model));
  expect(problems).toHaveLength(COUNT);
  expect(misread.map(({ text }) => text)).toEqual([]);
});

const [problem] = generateProblems({ seed: 1, count: 1, split: 'train', families: ['product-mix'], difficulty: 1 });
const text = problem?.text ?? '';

test('a text without a goal, with a foreign sentence, or with two goals is not read', () => {
  const sentences = text.split(/(?<=[.?]) /);
  expect(readProblem(text)).toEqual(problem?.model);
  expect(readProblem(sentences.slice(0, -1).join(' '))).toBeNull();
  expect(readProblem(`Half of it is reserved. ${text}`)).toBeNull();
  expect(readProblem(`${text} ${sentences.at(-1)}`)).toBeNull();
  expect(readProblem('')).toBeNull();
});

test('a bound on something the text never names is not read', () => {
  const sentences = text.split(/(?<=[.?]) /);
  const other = sentences.toSpliced(-1, 0, 'The plan must include at least 3 kites.').join(' ');
  expect(text).not.toContain('kite');
  expect(readProblem(other)).toBeNull();
});

test('the order in which different kinds of facts are told does not matter', () => {
  const product = text
    .split(/(?<=[.?]) /)
    .filter((sentence) => sentence.includes('profit of') || sentence.includes('earns'));
  const others = text.split(/(?<=[.?]) /).filter((sentence) => !product.includes(sentence));
  expect(product).toHaveLength(2);
  expect(readProblem([...product, ...others].join(' '))).toEqual(problem?.model);
  expect(readProblem([...others, ...product].join(' '))).toEqual(problem?.model);
});
