import { expect, test } from 'vitest';
import { choice, solverOf, withChoice, withSolver } from '../../../labextension/src/plugins/magic-lines.ts';

test.each([
  ['the line is replaced', '%policy tiny', '%policy scripted'],
  ['with its flags', 'const a = 1\n%policy http://x/v1 --model q\nb()', 'const a = 1\n%policy scripted\nb()'],
  ['the last one', '%policy a\n%policy b', '%policy a\n%policy scripted'],
  ['one without a name', '%policy', '%policy scripted'],
  ['another magic stays', '%policyholder tiny\n%problems tiny', null],
  ['the body of a magic stays', '%%bash\n%policy tiny', null],
])('choosing a policy: %s', (_, source, expected) => {
  expect(withChoice(source, 'policy', 'scripted')).toBe(expected);
});

test('a name with a space is quoted', () => {
  expect(choice('problems', 'my data.jsonl')).toBe('%problems "my data.jsonl"');
});

test.each([
  ['is added', '%generate --n 4', '%generate --n 4 --solver scip'],
  ['is replaced', '%train --solver highs --steps 3', '%train --solver scip --steps 3'],
  ['is replaced after =', '%train --solver=highs --steps 3', '%train --solver scip --steps 3'],
  [
    'is not added to what takes none',
    '%problems tiny\n%verify\n%reward',
    '%problems tiny\n%verify --solver scip\n%reward',
  ],
  ['leaves a body', '%%verify\n%verify\nx %% 2', '%%verify --solver scip\n%verify\nx %% 2'],
])('a solver %s', (_, source, expected) => {
  expect(withSolver(source, 'scip')).toBe(expected);
  expect(withSolver(expected, 'scip')).toBe(expected);
  expect(solverOf(expected)).toBe('scip');
});

test('a solver may be left to the default, and a cell without such magics has none', () => {
  expect(withSolver('%train --solver highs --steps 3', '')).toBe('%train --steps 3');
  expect(solverOf('%train --steps 3')).toBe('');
  expect(solverOf('const generate = 1')).toBeNull();
});
