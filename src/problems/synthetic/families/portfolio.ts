/** Buy whole lots within a budget for the most gain. Held out. Optimum by enumeration. */

import { chance, integer, integers, sample } from '../../../random.ts';
import { bestIntegers } from '../best-integers.ts';
import type { Family } from '../family.ts';
import { ASSETS } from '../lexicon.ts';
import { atMost, coefficientsOf, row, variable } from '../model.ts';

type Lot = { readonly asset: string; readonly price: number; readonly gain: number; readonly most: number };

type Portfolio = {
  /** `most`: how many lots are on offer. */
  readonly lot: readonly Lot[];
  readonly budget: { readonly budget: number };
  /** Already ordered: at least so many lots. */
  readonly order: readonly { readonly amount: number; readonly asset: string }[];
  /** At most so many lots of two assets together. */
  readonly pair: { readonly amount: number; readonly one: string; readonly other: string } | null;
};

export const portfolio: Family<Portfolio> = {
  name: 'portfolio',
  isHeldOut: true,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const assets = sample(key, 'assets', ASSETS, difficulty + 1) as [string, string, ...string[]];
    const prices = integers(key, 'prices', assets.length, 5, 60);
    const gains = integers(key, 'gains', assets.length, 1, 20);
    const limits = integers(key, 'limits', assets.length, 2, 9);
    const amount = integer(key, 'ordered', aim === 'infeasible' ? 2 : 1, 2);
    const hasOrder = aim === 'infeasible' || (difficulty > 1 && chance(key, 'order', 0.5));
    const ordered = amount * (prices[1] as number);
    return {
      lot: assets.map((asset, index) => ({
        asset,
        price: prices[index] as number,
        gain: gains[index] as number,
        most: limits[index] as number,
      })),
      budget: {
        budget:
          aim === 'infeasible'
            ? ordered - integer(key, 'gap', 1, 4)
            : integer(key, 'budget', Math.max(60, ordered), 150 + 100 * difficulty),
      },
      order: hasOrder ? [{ amount, asset: assets[1] }] : [],
      pair:
        aim === 'number' && difficulty > 1 && chance(key, 'pair', 0.5)
          ? { amount: integer(key, 'together', 3, 9), one: assets[0], other: assets[1] }
          : null,
    };
  },

  model({ lot, budget, order, pair }) {
    const names = lot.map(({ asset }) => asset);
    const ordered = (name: string): number =>
      Math.max(0, ...order.filter(({ asset }) => asset === name).map(({ amount }) => amount));
    return {
      variables: lot.map(({ asset, most }) => variable(asset, 'integer', most, ordered(asset))),
      objective: { sense: 'maximize', terms: row(lot.map(({ gain }) => gain)), offset: 0 },
      constraints: [
        atMost(row(lot.map(({ price }) => price)), budget.budget),
        ...(pair ? [atMost(coefficientsOf(names, { [pair.one]: 1, [pair.other]: 1 }), pair.amount)] : []),
      ],
    };
  },

  optimum({ lot, budget, order, pair }) {
    const best = bestIntegers({
      gains: lot.map(({ gain }) => gain),
      rows: [
        { coefficients: lot.map(({ price }) => price), atMost: budget.budget },
        ...(pair
          ? [
              {
                coefficients: lot.map(({ asset }) => (asset === pair.one || asset === pair.other ? 1 : 0)),
                atMost: pair.amount,
              },
            ]
          : []),
      ],
      lower: lot.map(({ asset }) => order.find((entry) => entry.asset === asset)?.amount ?? 0),
      upper: lot.map(({ most }) => most),
    });
    return best ?? 'infeasible';
  },

  wordings: {
    lot: {
      told: 'each',
      training: [
        'A lot of {asset:mass} costs {price:dollar} and gains {gain:dollar}, with at most {most:lot} on offer.',
        'Up to {most:lot} of {asset:mass} can be bought for {price:dollar} each and gain {gain:dollar} each.',
      ],
      heldOut: [
        'Each lot of {asset:mass} is priced at {price:dollar}, gains {gain:dollar} and no more than {most:lot} can be had.',
        'The gain on a lot of {asset:mass} is {gain:dollar}, the price {price:dollar}, the limit {most:lot}.',
      ],
    },
    budget: {
      told: 'once',
      training: ['At most {budget:dollar} can be spent on lots.'],
      heldOut: ['The lots together must not cost more than {budget:dollar}.'],
    },
    order: {
      told: 'each',
      training: ['At least {amount:lot} of {asset:mass} must be bought.'],
      heldOut: ['The number of lots of {asset:mass} must be {amount:int} or more.'],
    },
    pair: {
      told: 'maybe',
      training: ['Buy at most {amount:lot} of {one:mass} and {other:mass} together.'],
      heldOut: ['Of {one:mass} and {other:mass} together no more than {amount:lot} can be held.'],
    },
    goal: {
      told: 'once',
      training: ['Only whole lots are sold: maximize the total gain.'],
      heldOut: ['Which whole numbers of lots have the largest total gain?'],
    },
  },
};
