import { expect, test } from 'vitest';
import { oneLine, shortName, visibleText } from '../../../labextension/src/text/visible-text.ts';

test('sequences that a terminal obeys are taken out, line breaks and tabs stay', () => {
  expect(visibleText('\u001b[31mred\u001b[0m\r\n\ttab')).toBe('red\n\ttab');
  expect(visibleText('\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007')).toBe('link');
  expect(visibleText('10 %\r20 %')).toBe('10 %\n20 %');
});

test('marks that turn the direction of writing, or have no width, are shown as escapes', () => {
  expect(visibleText('a\u202eb\u2066c\u200bd\ufeff')).toBe('a\\u202eb\\u2066c\\u200bd\\ufeff');
  expect(visibleText('bell\u0007 null\u0000 half\ud800')).toBe('bell\\u0007 null\\u0000 half\\ud800');
});

test('letters of every script stay as they are, joiners among them', () => {
  const text = 'ε ≤ 0.05 · می\u200cخواهم · 日本 · 👩\u200d🔬';
  expect(visibleText(text)).toBe(text);
});

test('five megabytes of escapes are read in a moment', () => {
  const start = performance.now();
  visibleText('\u001b]'.repeat(2_500_000));
  oneLine('\u001b['.repeat(2_500_000), 60);
  expect(performance.now() - start).toBeLessThan(5000);
});

test('one line is no longer than its limit, however long the text', () => {
  expect(oneLine('a  b\n c', 60)).toBe('a b c');
  expect(oneLine('x'.repeat(5_000_000), 60)).toHaveLength(60);
});

test('a short name keeps its beginning and its end', () => {
  expect(shortName('short', 26)).toBe('short');
  expect(shortName('transport-3-number-train-1-0', 26)).toBe('transport-3-n…er-train-1-0');
  expect(shortName('x'.repeat(5_000_000), 26)).toHaveLength(26);
});
