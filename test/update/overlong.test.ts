import { expect, it } from 'vitest';
import { overlongPenalty, penaliseLength } from '../../src/update/overlong.ts';
import { readReference } from './reference.ts';

const { overlong } = readReference();

it.each(overlong.lengths.map((length, index) => [length, overlong.penalties[index]!] as const))(
  "a completion of %i of 100 tokens, 20 of them soft, is punished by %f, as by TRL's function",
  (length, penalty) => {
    expect(overlongPenalty(length, 100, 20)).toBeCloseTo(penalty, 12);
  },
);

it('the soft part is a fifth of the limit', () => {
  expect(overlongPenalty(80, 100)).toBe(0);
  expect(overlongPenalty(90, 100)).toBeCloseTo(-0.5, 12);
});

it('the penalty is a part of the reward and of its total; a masked reward stays as it is', () => {
  const reward = { parts: { format: 1, answer: 1 }, total: 1.2, masked: false };
  const { parts, total } = penaliseLength(reward, 90, 100);
  expect(parts).toMatchObject({ format: 1, answer: 1 });
  expect(parts['overlong']).toBeCloseTo(-0.5, 12);
  expect(total).toBeCloseTo(0.7, 12);
  const masked = { ...reward, total: 0, masked: true };
  expect(penaliseLength(masked, 100, 100)).toBe(masked);
});
