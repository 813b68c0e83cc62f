import { expect, it } from 'vitest';
import {
  narrowToBfloat16,
  narrowToFloat16,
  widenBfloat16,
  widenFloat16,
} from '../../../src/policy/folder/float-formats.ts';
import { expectedOf } from './fixture.ts';

const FORMATS = [
  { name: 'bfloat16', narrow: narrowToBfloat16, widen: widenBfloat16 },
  { name: 'float16', narrow: narrowToFloat16, widen: widenFloat16 },
] as const;

const values = new Float32Array(Uint32Array.from(expectedOf.rounding.float32).buffer);

it.each(FORMATS)(
  'narrowing to $name rounds as torch does: ties, subnormals, edges of the range',
  ({ name, narrow }) => {
    const half = new Uint16Array(values.length);
    narrow(values, half);
    const isNan = (i: number): boolean => Number.isNaN(values[i]);
    const numbers = [...half.keys()].filter((i) => !isNan(i));
    expect(numbers.length).toBeGreaterThan(700);
    expect(numbers.map((i) => [values[i], half[i]])).toEqual(
      numbers.map((i) => [values[i], expectedOf.rounding[name][i]]),
    );
  },
);

it.each(FORMATS)('every $name number survives widening and narrowing, and NaN stays NaN', ({ narrow, widen }) => {
  const all = Uint16Array.from({ length: 0x1_0000 }, (_, i) => i);
  const wide = new Float32Array(all.length);
  widen(all, wide);
  const back = new Uint16Array(all.length);
  narrow(wide, back);
  const again = new Float32Array(all.length);
  widen(back, again);
  expect(again).toEqual(wide);
  expect(all.filter((half, i) => !Number.isNaN(wide[i]) && back[i] !== half)).toHaveLength(0);
  expect(wide.filter(Number.isNaN).length).toBeGreaterThan(200);
});
