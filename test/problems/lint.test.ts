import { describe, expect, test } from 'vitest';
import { lintProblems } from '../../src/problems/lint.ts';
import { renderLint } from '../../src/problems/lint-text.ts';
import type { Answer, Problem, ProblemSet } from '../../src/types.ts';

const TEXT = 'A workshop has 40 hours and 12 boards. A lamp takes 2 hours, a shelf takes 3. What is the best profit?';

function setOf(problems: readonly Partial<Problem>[], issues: ProblemSet['issues'] = []): ProblemSet {
  const whole = problems.map((problem, index) => ({
    id: `tiny/${index + 1}`,
    text: TEXT,
    answer: 5,
    source: 't',
    ...problem,
  }));
  return { name: 'tiny', labelSet: 'abcdef012345', problems: whole, issues };
}

function kindsOf(problem: Partial<Problem>): readonly string[] {
  return lintProblems(setOf([problem])).findings.map(({ kind }) => kind);
}

describe('lintProblems', () => {
  test('finds nothing in an ordinary problem', () => {
    expect(kindsOf({})).toStrictEqual([]);
  });

  test.each<[Answer, string]>([
    [1e15, 'huge-answer'],
    [-1e16, 'huge-answer'],
    [0, 'zero-answer'],
    [-9999, 'sentinel-answer'],
    [-99999, 'sentinel-answer'],
    [999999, 'sentinel-answer'],
    ['no-solution', 'no-solution-answer'],
    ['infeasible', 'no-solution-answer'],
  ])('a label of %j is a %s', (answer, kind) => {
    expect(kindsOf({ answer })).toStrictEqual([kind]);
  });

  test.each([9999, 99999, -999, 0.1, 9.99e14])('a label of %d is ordinary', (answer) => {
    expect(kindsOf({ answer })).toStrictEqual([]);
  });

  test.each(['{{capacity}}', '{hours}', '<NAME>', '[INSERT VALUE]', '\\param{CostA}', 'TODO', '_____'])(
    'an unfilled %s is a placeholder',
    (hole) => {
      expect(kindsOf({ text: `${TEXT} There are ${hole} left.` })).toStrictEqual(['placeholder']);
    },
  );

  test.each([
    '$x_{i}$',
    '$x^{n}$',
    '\\mathrm{~km}',
    '\\frac{R}{N}',
    '{4}',
    '{1, 2}',
    '[0, 300]',
    '3 < A',
    'a__b',
    '| :--- |',
  ])('the notation %s is no placeholder', (notation) => {
    expect(kindsOf({ text: `${TEXT} Given ${notation}.` })).toStrictEqual([]);
  });

  test('short, long and number-free texts and escaped line breaks are found', () => {
    expect(kindsOf({ text: 'Maximize 3.' })).toStrictEqual(['short-text']);
    expect(kindsOf({ text: TEXT.repeat(200) })).toStrictEqual(['long-text']);
    expect(kindsOf({ text: TEXT.replaceAll(/\d+/g, 'some') })).toStrictEqual(['no-number']);
    expect(kindsOf({ text: `${TEXT}\\nMore.` })).toStrictEqual(['escaped-line-break']);
  });

  test('row issues come first, dropped rows as errors', () => {
    const issue = { row: 3, id: null, field: 'answer', message: 'm' };
    const report = lintProblems(
      setOf(
        [{ answer: 0 }],
        [
          { ...issue, kind: 'unreadable-label', dropped: true },
          { ...issue, kind: 'duplicate-text', dropped: false },
        ],
      ),
    );
    expect(report.findings.map(({ kind, severity, row }) => [kind, severity, row])).toStrictEqual([
      ['unreadable-label', 'error', 3],
      ['duplicate-text', 'warning', 3],
      ['zero-answer', 'note', null],
    ]);
    expect(report.counts).toMatchObject({ problems: 1, numbers: 1, dropped: 1 });
  });
});

describe('renderLint', () => {
  test('says so where nothing is odd', () => {
    expect(renderLint(lintProblems(setOf([{}])))).toBe(
      'tiny: 1 problem, label set abcdef012345; labels: 1 numbers, 0 no-solution, 0 infeasible, 0 unbounded; 0 rows dropped.\nNothing odd.\n',
    );
  });

  test('groups findings by kind and counts what it leaves out', () => {
    const text = renderLint(lintProblems(setOf(Array.from({ length: 8 }, () => ({ answer: 0 })))), 2);
    expect(text).toContain('note zero-answer (8)\n  tiny/1: ');
    expect(text).toContain('… and 6 more\n');
  });
});
