import { expect, test } from 'vitest';
import { FAMILIES } from '../../../src/problems/synthetic/families.ts';
import { describeFamily } from './family-conformance.ts';

for (const family of FAMILIES) describeFamily(family);

test('names are unique, and two families are held out of training', () => {
  expect(new Set(FAMILIES.map(({ name }) => name)).size).toBe(FAMILIES.length);
  expect(FAMILIES.filter(({ isHeldOut }) => isHeldOut).map(({ name }) => name)).toEqual(['blending', 'portfolio']);
});
