/** Every problem family, in a fixed order: the generator picks by position. */

import { assignment } from './families/assignment.ts';
import { blending } from './families/blending.ts';
import { cuttingStock } from './families/cutting-stock.ts';
import { diet } from './families/diet.ts';
import { facilityLocation } from './families/facility-location.ts';
import { fleet } from './families/fleet.ts';
import { investment } from './families/investment.ts';
import { knapsack } from './families/knapsack.ts';
import { maxFlow } from './families/max-flow.ts';
import { portfolio } from './families/portfolio.ts';
import { productMix } from './families/product-mix.ts';
import { production } from './families/production.ts';
import { scheduling } from './families/scheduling.ts';
import { shortestPath } from './families/shortest-path.ts';
import { staffing } from './families/staffing.ts';
import { transport } from './families/transport.ts';
import type { Family } from './family.ts';

/** `blending` and `portfolio` are kept out of training. */
export const FAMILIES: readonly Family[] = [
  productMix,
  diet,
  knapsack,
  investment,
  fleet,
  assignment,
  transport,
  production,
  staffing,
  facilityLocation,
  cuttingStock,
  scheduling,
  maxFlow,
  shortestPath,
  blending,
  portfolio,
];
