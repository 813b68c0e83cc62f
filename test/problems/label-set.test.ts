import { describe, expect, test } from 'vitest';
import { type Label, labelSetOf } from '../../src/problems/label-set.ts';

const LABELS: readonly Label[] = [
  { id: 'a', text: 'one', answer: 1 },
  { id: null, text: 'two', answer: 'no-solution' },
];

describe('labelSetOf', () => {
  test('is the documented hash: computed once with Python’s hashlib and written down', () => {
    expect(labelSetOf(LABELS)).toBe('69ad59a2fa57');
  });

  test('does not depend on the order of the problems, nor on other fields', () => {
    expect(labelSetOf(LABELS.toReversed())).toBe(labelSetOf(LABELS));
    expect(labelSetOf(LABELS.map((label) => ({ ...label, source: 'elsewhere' })))).toBe(labelSetOf(LABELS));
  });

  test('changes with any id, text or answer, and with a repeated problem', () => {
    const [first, second] = LABELS as [Label, Label];
    const others = [
      [{ ...first, id: 'b' }, second],
      [{ ...first, text: 'One' }, second],
      [{ ...first, answer: 1.5 }, second],
      [first, { ...second, answer: 'infeasible' as const }],
      [first, second, second],
      [first],
      [],
    ];
    expect(new Set([LABELS, ...others].map(labelSetOf)).size).toBe(others.length + 1);
  });
});
