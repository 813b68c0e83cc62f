/** Every problem family, in a fixed order: the generator picks by position. */

import type { Family } from './family.ts';
import { assignment } from './families/assignment.ts';
import { knapsack } from './families/knapsack.ts';
import { productMix } from './families/product-mix.ts';

export const FAMILIES: readonly Family[] = [productMix, assignment, knapsack];
