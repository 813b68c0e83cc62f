/** What every problem family must do; its own test is one line. */

import { describe, expect, test } from 'vitest';
import type { Difficulty, Family } from '../../../src/problems/synthetic/family.ts';
import { generateProblems, type SyntheticProblem } from '../../../src/problems/synthetic/generate.ts';
import type { Term } from '../../../src/problems/synthetic/model.ts';
import { phraseOf } from '../../../src/problems/synthetic/phrase.ts';
import { readProblem } from '../../../src/problems/synthetic/read.ts';
import { sentencesOf } from '../../../src/problems/synthetic/wording.ts';
import { highsOptimum } from './highs-optimum.ts';

const MAXIMUM = /maximi|\b(most|largest|highest|best)\b/i;
const MINIMUM = /minimi|\b(lowest|least|cheapest|smallest|shortest|how low|how few|how early)\b/i;
const WHOLE = /\bwhole\b|\bexactly one\b/i;
const FRACTION = /\b(fraction|fractional|parts)\b/i;
const UPPER =
  /\b(at most|no more than|not exceed|more than|or less|limited to|up to|can not|only|later than|within)\b/i;
const LOWER = /\b(at least|no fewer than|no less than|or more)\b/i;

/** Kinds of facts that bound something from above and from below, by name; the others are not bounds. */
const UPPER_KINDS = ['ceiling', 'limit', 'supply', 'capacity', 'budget', 'deadline', 'pair', 'conflict'];
const LOWER_KINDS = ['floor', 'order', 'need', 'demand', 'piece', 'open'];

export function describeFamily(family: Family, problemsPerCell = 25): void {
  const templates = Object.entries(family.wordings).flatMap(([kind, { training, heldOut }]) =>
    [...training, ...heldOut].map((template) => ({ kind, template })),
  );
  const problems = family.answers.flatMap((answer) =>
    ([1, 2, 3] as const).flatMap((difficulty: Difficulty) =>
      generateProblems({
        seed: 11,
        count: problemsPerCell,
        split: 'held-out',
        families: [family.name],
        difficulty,
        answers: [answer],
      }),
    ),
  );

  describe(family.name, () => {
    test('HiGHS finds on the model the optimum that the family computes from the data', async () => {
      for (const problem of problems) {
        const optimum = await highsOptimum(problem.model);
        if (typeof problem.answer !== 'number' || typeof optimum !== 'number')
          expect(optimum, problem.text).toBe(problem.answer);
        else
          expect(Math.abs(optimum - problem.answer), problem.text).toBeLessThan(
            1e-6 * Math.max(1, Math.abs(problem.answer)),
          );
      }
    });

    test('its texts read back as their models', () => {
      for (const { text, model } of problems) expect(readProblem(text), text).toEqual(model);
    });

    test('every number of a text matters, unless it stands in an aside', () => {
      for (const { text, model } of problems.slice(0, 60)) {
        const sentences = sentencesOf(text);
        for (const [position, sentence] of sentences.entries()) {
          for (const match of sentence.matchAll(/\d+/g)) {
            const changed =
              sentence.slice(0, match.index) +
              String(3 * Number(match[0]) + 7) +
              sentence.slice(match.index + match[0].length);
            const other = sentences.map((old, index) => (index === position ? changed : old)).join(' ');
            expect(readProblem(other), other).not.toEqual(model);
          }
        }
      }
    });

    test('no sentence can be left out', () => {
      for (const { text, model } of problems.slice(0, 60)) {
        const sentences = sentencesOf(text);
        for (const position of sentences.keys()) {
          const other = sentences.filter((_, index) => index !== position).join(' ');
          expect(readProblem(other), `${text} without sentence ${position}`).not.toEqual(model);
        }
      }
    });

    test('the goal says in plain words what the model does: sense and integrality', () => {
      const { model } = problems[0] as SyntheticProblem;
      const isMaximum = model.objective.sense === 'maximize';
      const isWhole = model.variables.some(({ kind }) => kind !== 'continuous');
      for (const { kind, template } of templates) {
        if (kind !== 'goal') continue;
        expect([MAXIMUM.test(template), MINIMUM.test(template)], template).toEqual([isMaximum, !isMaximum]);
        expect([WHOLE.test(template), FRACTION.test(template)], template).toEqual([isWhole, !isWhole]);
      }
    });

    test('a phrase for an upper bound uses no word of a lower bound, and the other way round', () => {
      for (const { kind, template } of templates) {
        if (UPPER_KINDS.includes(kind)) expect(LOWER.test(template), template).toBe(false);
        if (LOWER_KINDS.includes(kind))
          expect([LOWER.test(template), UPPER.test(template)], template).toEqual([true, false]);
      }
    });

    test('each half has a phrase for every fact, no phrase is in both, and all phrases of a fact tell the same', () => {
      for (const [kind, { training, heldOut }] of Object.entries(family.wordings)) {
        expect(Math.min(training.length, heldOut.length), kind).toBeGreaterThan(0);
        expect(new Set([...training, ...heldOut]).size, kind).toBe(training.length + heldOut.length);
        const [first, ...others] = [...training, ...heldOut].map((template) => phraseOf(template).tells);
        for (const other of others) expect(other, kind).toEqual(first);
      }
    });

    test('every phrase is one sentence', () => {
      for (const { template } of templates) {
        expect(template).toMatch(/[.?]$/);
        expect(template).not.toMatch(/[.?] /);
      }
    });

    test('models are well formed: rising indices, no zero, no empty row, whole bounds, plain JSON', () => {
      for (const { model } of problems) {
        const isTidy = (terms: readonly Term[]): boolean =>
          terms.length > 0 &&
          terms.every(
            ([coefficient, index], position) =>
              coefficient !== 0 && index > (terms[position - 1]?.[1] ?? -1) && index < model.variables.length,
          );
        expect(isTidy(model.objective.terms)).toBe(true);
        expect(model.constraints.every(({ terms, bound }) => isTidy(terms) && Number.isInteger(bound))).toBe(true);
        expect(new Set(model.variables.map(({ label }) => label)).size).toBe(model.variables.length);
        expect(JSON.parse(JSON.stringify(model))).toEqual(model);
      }
    });

    test('texts and models grow with the difficulty and stay short', () => {
      const sizes = ([1, 2, 3] as const).map((difficulty) => {
        const some = problems.filter(
          (problem) => problem.difficulty === difficulty && typeof problem.answer === 'number',
        );
        const mean = (measure: (problem: SyntheticProblem) => number): number =>
          some.reduce((sum, problem) => sum + measure(problem), 0) / some.length;
        return {
          words: mean(({ text }) => text.split(' ').length),
          variables: mean(({ model }) => model.variables.length),
        };
      });
      expect(sizes.map(({ words }) => words)).toEqual(
        sizes.map(({ words }) => words).toSorted((left, right) => left - right),
      );
      expect(sizes[2]?.variables).toBeGreaterThan(sizes[0]?.variables as number);
      expect(sizes[0]?.words).toBeLessThan(90);
      expect(sizes[0]?.variables).toBeLessThanOrEqual(7);
    });
  });
}
