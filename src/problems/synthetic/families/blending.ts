/** Mix an exact amount of feed from grains, with bounds on what it holds. Held out. Optimum by visiting the vertices. */

import { chance, fold, integer, sample } from '../../../random.ts';
import { bestVertex, type HalfSpace } from '../best-vertex.ts';
import type { Family } from '../family.ts';
import { GRAINS, NUTRIENTS } from '../lexicon.ts';
import {
  atLeast,
  atMost,
  coefficientsOf,
  equals,
  type Relation,
  range,
  row,
  sumOf,
  total,
  variable,
} from '../model.ts';

type Content = { readonly amount: number; readonly nutrient: string };
type Grain = { readonly grain: string; readonly cost: number; readonly content: readonly Content[] };

type Blending = {
  readonly grain: readonly Grain[];
  readonly batch: { readonly batch: number };
  readonly floor: Content;
  readonly ceiling: Content | null;
  /** At most so many kg of a grain. */
  readonly supply: readonly { readonly amount: number; readonly grain: string }[];
};

export const blending: Family<Blending> = {
  name: 'blending',
  isHeldOut: true,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const grains = sample(key, 'grains', GRAINS, difficulty + 1);
    const nutrients = sample(key, 'nutrients', NUTRIENTS, difficulty === 1 ? 1 : 2);
    const grain = grains.map((name): Grain => {
      const at = fold(key, name);
      return {
        grain: name,
        cost: integer(at, 'cost', 2, 30),
        content: nutrients.map((nutrient) => ({ amount: integer(at, nutrient, 1, 15), nutrient })),
      };
    });
    const batch = integer(key, 'batch', 10, 90);
    const [least = '', most = ''] = nutrients;
    const richest = Math.max(...grain.map(({ content }) => heldOf(content, least)));
    return {
      grain,
      batch: { batch },
      floor: {
        amount:
          batch * richest +
          (aim === 'infeasible'
            ? integer(key, 'excess', 1, 40)
            : -integer(key, 'room', 1, batch * Math.max(1, richest - 2))),
        nutrient: least,
      },
      ceiling: nutrients.length > 1 ? { amount: batch * integer(key, 'ceiling', 4, 14), nutrient: most } : null,
      supply:
        difficulty > 1 && chance(key, 'supply', 0.6)
          ? [{ amount: integer(key, 'supply amount', 2, batch), grain: grains[0] as string }]
          : [],
    };
  },

  model({ grain, batch, floor, ceiling, supply }) {
    const names = grain.map(({ grain: name }) => name);
    return {
      variables: names.map((name) => variable(name, 'continuous')),
      objective: { sense: 'minimize', terms: row(grain.map(({ cost }) => cost)), offset: 0 },
      constraints: [
        equals(sumOf(range(names.length)), batch.batch),
        atLeast(row(grain.map(({ content }) => heldOf(content, floor.nutrient))), floor.amount),
        ...(ceiling
          ? [atMost(row(grain.map(({ content }) => heldOf(content, ceiling.nutrient))), ceiling.amount)]
          : []),
        ...supply.map(({ amount, grain: name }) => atMost(coefficientsOf(names, { [name]: 1 }), amount)),
      ],
    };
  },

  optimum({ grain, batch, floor, ceiling, supply }) {
    const space = (weigh: (entry: Grain) => number, relation: Relation, bound: number): HalfSpace => ({
      coefficients: grain.map(weigh),
      relation,
      bound,
    });
    const best = bestVertex(
      grain.map(({ cost }) => -cost),
      [
        space(() => 1, '==', batch.batch),
        space(({ content }) => heldOf(content, floor.nutrient), '>=', floor.amount),
        ...(ceiling ? [space(({ content }) => heldOf(content, ceiling.nutrient), '<=', ceiling.amount)] : []),
        ...supply.map(({ amount, grain: name }) => space((entry) => (entry.grain === name ? 1 : 0), '<=', amount)),
      ],
    );
    return typeof best === 'number' ? -best : best;
  },

  wordings: {
    grain: {
      told: 'each',
      training: [
        'A kg of {grain:mass} holds {content*<amount of nutrient>} and costs {cost:dollar}.',
        '{grain:mass} at {cost:dollar} per kg holds {content*<amount of nutrient>} per kg.',
      ],
      heldOut: [
        'One kg of {grain:mass} with {content*<amount of nutrient>} is sold for {cost:dollar}.',
        'The price of a kg of {grain:mass} is {cost:dollar} and it brings {content*<amount of nutrient>}.',
      ],
    },
    batch: {
      told: 'once',
      training: ['Exactly {batch:kg} of feed are mixed.'],
      heldOut: ['The mix must weigh exactly {batch:kg}.'],
    },
    floor: {
      told: 'once',
      training: ['The mix must hold at least {amount of nutrient} in all.'],
      heldOut: ['All of it together must contain {amount of nutrient} or more.'],
    },
    ceiling: {
      told: 'maybe',
      training: ['The mix can hold at most {amount of nutrient} in all.'],
      heldOut: ['All of it together must contain {amount of nutrient} or less.'],
    },
    supply: {
      told: 'each',
      training: ['There are at most {amount:kg} of {grain:mass}.'],
      heldOut: ['No more than {amount:kg} of {grain:mass} can go into it.'],
    },
    goal: {
      told: 'once',
      training: ['Any fraction of a kg can be used: minimize the total cost.'],
      heldOut: ['Amounts may be fractional: which mix has the lowest total cost?'],
    },
  },
};

function heldOf(content: readonly Content[], nutrient: string): number {
  return total(content.filter((entry) => entry.nutrient === nutrient).map(({ amount }) => amount));
}
