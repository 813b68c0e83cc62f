/** Pack the most valuable things into a limited weight. Optimum by enumerating the subsets. */

import { chance, integer, integers, sample } from '../../../random.ts';
import type { Family } from '../family.ts';
import { GEAR } from '../lexicon.ts';
import { atLeast, atMost, coefficientsOf, equals, row, total, variable } from '../model.ts';

type Item = { readonly item: string; readonly weight: number; readonly value: number };

type Knapsack = {
  readonly item: readonly Item[];
  readonly capacity: { readonly capacity: number };
  /** Not both. */
  readonly conflict: { readonly one: string; readonly other: string } | null;
  /** `item` only together with `needed`. */
  readonly dependence: { readonly item: string; readonly needed: string } | null;
  readonly must: readonly { readonly item: string }[];
};

export const knapsack: Family<Knapsack> = {
  name: 'knapsack',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const names = sample(key, 'items', GEAR, [3, 5, 8][difficulty - 1] as number) as [
      string,
      string,
      string,
      ...string[],
    ];
    const weights = integers(key, 'weights', names.length, 2, 20);
    const values = integers(key, 'values', names.length, 2, 50);
    const item = names.map((name, index) => ({
      item: name,
      weight: weights[index] as number,
      value: values[index] as number,
    }));
    const isRich = aim === 'number' && difficulty > 1;
    const must =
      aim === 'infeasible' ? names.slice(0, 2) : isRich && chance(key, 'must', 0.4) ? [names.at(-1) as string] : [];
    const mustWeight = total(item.filter(({ item: name }) => must.includes(name)).map(({ weight }) => weight));
    const all = total(weights);
    return {
      item,
      capacity: {
        capacity:
          aim === 'infeasible'
            ? integer(key, 'capacity', 2, mustWeight - 1)
            : integer(key, 'capacity', Math.max(...weights, mustWeight), Math.ceil(all * 0.8)),
      },
      conflict: isRich && chance(key, 'conflict', 0.5) ? { one: names[0], other: names[1] } : null,
      dependence: isRich && chance(key, 'dependence', 0.5) ? { item: names[1], needed: names[2] } : null,
      must: must.map((name) => ({ item: name })),
    };
  },

  model({ item, capacity, conflict, dependence, must }) {
    const names = item.map(({ item: name }) => name);
    return {
      variables: names.map((name) => variable(name, 'binary')),
      objective: { sense: 'maximize', terms: row(item.map(({ value }) => value)), offset: 0 },
      constraints: [
        atMost(row(item.map(({ weight }) => weight)), capacity.capacity),
        ...(conflict ? [atMost(coefficientsOf(names, { [conflict.one]: 1, [conflict.other]: 1 }), 1)] : []),
        ...(dependence ? [atLeast(coefficientsOf(names, { [dependence.needed]: 1, [dependence.item]: -1 }), 0)] : []),
        ...must.map(({ item: name }) => equals(coefficientsOf(names, { [name]: 1 }), 1)),
      ],
    };
  },

  optimum({ item, capacity, conflict, dependence, must }) {
    let best: number | null = null;
    for (let subset = 0; subset < 2 ** item.length; subset++) {
      const packed = item.filter((_, index) => subset & (1 << index));
      const has = (name: string): boolean => packed.some((candidate) => candidate.item === name);
      if (total(packed.map(({ weight }) => weight)) > capacity.capacity) continue;
      if (conflict && has(conflict.one) && has(conflict.other)) continue;
      if (dependence && has(dependence.item) && !has(dependence.needed)) continue;
      if (!must.every(({ item: name }) => has(name))) continue;
      best = Math.max(best ?? 0, total(packed.map(({ value }) => value)));
    }
    return best ?? 'infeasible';
  },

  wordings: {
    item: {
      told: 'each',
      training: [
        'The {item:one} weighs {weight:kg} and is worth {value:dollar}.',
        'There is {item:a} of {weight:kg} with a value of {value:dollar}.',
        'Packing the {item:one} of {weight:kg} gives {value:dollar}.',
        'The {item:one} has a value of {value:dollar} and a weight of {weight:kg}.',
        'The {item:one} adds {weight:kg} and is worth {value:dollar}.',
        'With a weight of {weight:kg}, the {item:one} brings {value:dollar}.',
        'The value of the {item:one} is {value:dollar} and its weight is {weight:kg}.',
        'Packing the {item:one} adds {value:dollar} of value and {weight:kg} of weight.',
        'With a value of {value:dollar}, the {item:one} weighs {weight:kg}.',
        'For {weight:kg} the {item:one} adds a value of {value:dollar}.',
        'Packing the {item:one} brings {value:dollar} for {weight:kg}.',
        'Of {weight:kg} and {value:dollar} in value is the {item:one}.',
        'The weight of the {item:one} is {weight:kg} and the value {value:dollar}.',
        'The {item:one} has {weight:kg} and a value of {value:dollar}.',
        'Packing the {item:one} adds {weight:kg} and a value of {value:dollar}.',
        'With a value of {value:dollar}, the {item:one} has a weight of {weight:kg}.',
      ],
      heldOut: [
        'There is {item:a}, which weighs {weight:kg} and has a value of {value:dollar}.',
        'The {item:one} is worth {value:dollar} and adds {weight:kg} to the bag.',
        'If packed, the {item:one} brings {value:dollar} at a weight of {weight:kg}.',
      ],
    },
    capacity: {
      told: 'once',
      training: [
        'The bag holds at most {capacity:kg}.',
        'A hiker can carry up to {capacity:kg}.',
        'No more than {capacity:kg} can be carried.',
        'The total weight is limited to {capacity:kg}.',
        'At most {capacity:kg} fit into the bag.',
        'The bag must not exceed {capacity:kg}.',
        'The box holds up to {capacity:kg} in total.',
        'The total weight must not exceed {capacity:kg}.',
        'No more than {capacity:kg} fit into the box.',
      ],
      heldOut: [
        'The hiker can carry no more than {capacity:kg} in total.',
        'Up to {capacity:kg} can be packed into the bag.',
        'The weight in the box is limited to {capacity:kg}.',
      ],
    },
    conflict: {
      told: 'maybe',
      training: [
        'The {one:one} and the {other:one} can not both be packed.',
        'If the {one:one} is packed, the {other:one} stays at home.',
      ],
      heldOut: [
        'It is not possible to pack both the {one:one} and the {other:one}.',
        'Of the {one:one} and the {other:one} at most one comes along.',
      ],
    },
    dependence: {
      told: 'maybe',
      training: [
        'The {item:one} can be packed only if the {needed:one} is packed.',
        'Without the {needed:one} there is no use for the {item:one}, which then stays at home.',
      ],
      heldOut: [
        'Packing the {item:one} is possible only with the {needed:one} packed.',
        'If the {needed:one} stays at home, the {item:one} can not be packed.',
      ],
    },
    must: {
      told: 'each',
      training: ['The {item:one} must be packed.', 'In any case the {item:one} comes along.'],
      heldOut: [
        'The {item:one} has to be taken along in any case.',
        'It is not possible to leave the {item:one} at home.',
      ],
    },
    goal: {
      told: 'once',
      training: [
        'Each thing is packed whole or not at all: what is the most total value?',
        'Choose which single things to pack whole to maximize the total value.',
        'Nothing can be split: choose the whole things with the most value.',
        'Each thing can be taken whole or not: how much value is possible at best?',
        'Taking only whole things once, what is the largest total value?',
        'Find the whole things, none of them split, with the best total value.',
        'Taking each thing whole once or not at all, find the most total value.',
        'Nothing can be split: find the whole things with the largest total value.',
        'Taking each whole thing once or not, how much total value is possible at best?',
      ],
      heldOut: [
        'What is the largest total value of whole things, each taken once or not at all?',
        'Choose whole things, none of them split, to maximize the total value.',
        'Which whole things, taken once and not split, have the most value in total?',
      ],
    },
  },
};
