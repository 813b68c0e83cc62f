import { expect, test } from 'vitest';
import { scrollToRow, visibleRows } from '../../../labextension/src/parts/visible-rows.ts';

test('every row in sight is drawn, and no more than some around them, wherever one has scrolled to', () => {
  for (let scrollTop = 0; scrollTop < 280_000; scrollTop += 997) {
    const { first, end } = visibleRows(10_000, 28, scrollTop, 336);
    expect(first * 28).toBeLessThanOrEqual(scrollTop);
    expect(Math.min(end, 10_000) * 28).toBeGreaterThanOrEqual(Math.min(scrollTop + 336, 280_000));
    expect(end - first).toBeLessThanOrEqual(30);
  }
});

test('short tables, none, and a place beyond the end give rows that there are', () => {
  expect(visibleRows(3, 28, 0, 336)).toEqual({ first: 0, end: 3 });
  expect(visibleRows(0, 28, 0, 336)).toEqual({ first: 0, end: 0 });
  expect(visibleRows(5, 28, 9999, 336)).toEqual({ first: 5, end: 5 });
});

test('a row is scrolled to no farther than needed', () => {
  expect(scrollToRow(2, 28, 0, 336)).toBe(0);
  expect(scrollToRow(2, 28, 100, 336)).toBe(56);
  expect(scrollToRow(12, 28, 0, 336)).toBe(28);
});
