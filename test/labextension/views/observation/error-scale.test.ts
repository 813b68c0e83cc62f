import { expect, test } from 'vitest';
import { describeError, errorPosition } from '../../../../labextension/src/views/observation/error-scale.ts';

test('the scale rises with the error and ends at its two ends', () => {
  const positions = [0, 1e-9, 1e-6, 1e-4, 0.05, 1, 10, 1e9].map(errorPosition);
  expect(positions).toEqual([...positions].sort((left, right) => left - right));
  expect([positions[0], positions.at(-1)]).toEqual([0, 1]);
  expect(errorPosition(1e-4)).toBeCloseTo(0.5);
});

test('words name the tighter tolerance that holds', () => {
  expect([0, 1e-4, 0.01, 0.05, 0.051].map(describeError)).toEqual([
    ...['within ε = 0.0001', 'within ε = 0.0001', 'within ε = 0.05', 'within ε = 0.05', 'above ε = 0.05'],
  ]);
});
