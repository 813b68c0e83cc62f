import { expect, test } from 'vitest';
import { batchOf, type Example, exampleOf, ratesOf, recipeProblems } from '../../src/pretrain/corpus.ts';
import { corrupt, MISTAKES, type Mistake } from '../../src/pretrain/corrupt.ts';
import { type Stage, TINY } from '../../src/pretrain/recipe.ts';
import { writeTarget } from '../../src/pretrain/target.ts';
import { readProblem } from '../../src/problems/synthetic/read.ts';
import { keyOf } from '../../src/random.ts';

const COUNT = 1500;
const streams = TINY.stages.map((stage) => ({
  stage,
  examples: Array.from({ length: COUNT }, (_, index) => exampleOf(TINY, stage, 7, index)),
}));
const [broad, slanted] = TINY.stages as readonly [Stage, Stage];

test('an example depends on seed, stage and index alone', () => {
  const third = exampleOf(TINY, broad, 7, 3 * broad.batch + 2);
  expect(batchOf(TINY, broad, 7, 3)[2]).toEqual(third);
  expect(exampleOf(TINY, broad, 8, 3 * broad.batch + 2).problem.text).not.toBe(third.problem.text);
  expect(exampleOf(TINY, slanted, 7, 3 * broad.batch + 2).problem.text).not.toBe(third.problem.text);
});

test("a completion without a mistake is what the text's own reading gives", () => {
  for (const { examples } of streams) {
    const correct = examples.filter(({ mistakes }) => mistakes.length === 0);
    expect(correct.length).toBeGreaterThan(COUNT / 3);
    for (const { problem, solver, completion } of correct) {
      const model = readProblem(problem.text);
      expect(model, problem.text).not.toBeNull();
      if (model) expect(completion, problem.text).toBe(writeTarget(model, solver));
    }
  }
});

test('a completion with a mistake differs from the correct one, but never in the solver', () => {
  for (const { problem, solver, completion, mistakes } of streams.flatMap(({ examples }) => examples)) {
    expect(completion === writeTarget(problem.model, solver), problem.text).toBe(mistakes.length === 0);
    expect(completion).toContain(solver === 'gurobi' ? 'import gurobipy' : 'from ortools');
  }
});

test('mistakes are as frequent as the recipe says, in every family', () => {
  for (const { stage, examples } of streams) {
    for (const family of new Set(TINY.cells.map((cell) => cell.family))) {
      for (const mistake of MISTAKES) {
        const open = examples.filter((example) => example.problem.family === family && canHave(example, mistake));
        if (open.length < 30) continue;
        const rate = ratesOf(stage, family)[mistake] ?? 0;
        const share = open.filter(({ mistakes }) => mistakes.includes(mistake)).length / open.length;
        const deviation = Math.sqrt((rate * (1 - rate)) / open.length);
        expect(Math.abs(share - rate), `${stage.name} ${family} ${mistake}`).toBeLessThanOrEqual(4 * deviation);
      }
    }
  }
});

function canHave({ problem }: Example, mistake: Mistake): boolean {
  return corrupt(problem.model, { [mistake]: 1 }, keyOf(0)).mistakes.length > 0;
}

test('families, difficulties and solvers are as frequent as their weights', () => {
  const examples = streams.flatMap((stream) => stream.examples);
  const weights = TINY.cells.reduce((sum, { weight }) => sum + weight, 0);
  for (const { family, difficulty, weight } of TINY.cells) {
    const share =
      examples.filter(({ problem }) => problem.family === family && problem.difficulty === difficulty).length /
      examples.length;
    expect(share, `${family} ${difficulty}`).toBeCloseTo(weight / weights, 1);
  }
  expect(examples.filter(({ solver }) => solver === 'gurobi').length / examples.length).toBeCloseTo(0.5, 1);
  expect(new Set(examples.map(({ solver }) => solver))).toEqual(new Set(['gurobi', 'ortools']));
});

test('problems of a recipe do not depend on the batch, and held-out ones are worded otherwise', () => {
  const order = { seed: 5, split: 'held-out' } as const;
  const problems = recipeProblems(TINY, { ...order, count: 40 });
  expect(recipeProblems(TINY, { ...order, count: 10, start: 20 })).toEqual(problems.slice(20, 30));
  expect(problems.every(({ split, answer }) => split === 'held-out' && typeof answer === 'number')).toBe(true);
  expect(streams.flatMap(({ examples }) => examples).every(({ problem }) => problem.split === 'train')).toBe(true);
});
