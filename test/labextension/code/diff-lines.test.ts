import { expect, test } from 'vitest';
import { diffLines } from '../../../labextension/src/code/diff-lines.ts';

const signs = { same: ' ', removed: '-', added: '+' };
const told = (before: string, after: string): string[] =>
  diffLines(before, after).map(({ kind, text }) => `${signs[kind]}${text}`);

test('what is common stays, what went and came is told in its place', () => {
  expect(told('a\nb\nc\nd', 'a\nc\nx\nd')).toEqual([' a', '-b', ' c', '+x', ' d']);
});

test('equal texts have no difference; a change of everything is removed, then added', () => {
  expect(told('a\nb', 'a\nb')).toEqual([' a', ' b']);
  expect(told('a\nb', 'c')).toEqual(['-a', '-b', '+c']);
});

test('both texts can be read back, at random', () => {
  let state = 7;
  const draw = (most: number): number => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state % most;
  };
  for (let round = 0; round < 200; round += 1) {
    const text = (): string => Array.from({ length: 1 + draw(12) }, () => 'abcd'[draw(4)]).join('\n');
    const [before, after] = [text(), text()];
    const lines = diffLines(before, after);
    const without = (kind: string): string =>
      lines
        .filter((line) => line.kind !== kind)
        .map((line) => line.text)
        .join('\n');
    expect(without('added')).toBe(before);
    expect(without('removed')).toBe(after);
  }
});

test('texts too large for the table are told as all removed and all added', () => {
  const many = (word: string): string => Array.from({ length: 3000 }, (_, index) => `${word}${index}`).join('\n');
  expect(diffLines(many('a'), many('b'))).toHaveLength(6000);
});
