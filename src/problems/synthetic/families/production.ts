/** Make and store whole units over some months, on time and at the least cost. Optimum by dynamic programming over the stock. */

import { chance, fold, integer, integers } from '../../../random.ts';
import type { Family } from '../family.ts';
import { MONTHS } from '../lexicon.ts';
import { type Constraint, equals, row, total, variable } from '../model.ts';

type Month = { readonly month: string; readonly demand: number; readonly cost: number; readonly capacity: number };

type Production = {
  readonly month: readonly Month[];
  /** Per unit left at the end of a month, the last one included. */
  readonly storage: { readonly storage: number };
  /** Units in store before the first month. */
  readonly stock: { readonly stock: number } | null;
};

export const production: Family<Production> = {
  name: 'production',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const count = difficulty + 1;
    const first = integer(key, 'first', 0, MONTHS.length - count);
    const demands = integers(key, 'demands', count, 5, 40);
    const month = demands.map((demand, index): Month => {
      const at = fold(key, `month ${index}`);
      const extra = index === 0 ? integer(at, 'extra', 1, 25) : integer(at, 'extra', -4, 25);
      return {
        month: MONTHS[first + index] as string,
        demand,
        cost: integer(at, 'cost', 2, 20),
        capacity: demand + extra,
      };
    });
    const stock = chance(key, 'stock', 0.4)
      ? { stock: integer(key, 'units', 2, Math.max(2, Math.floor(total(demands) / 4))) }
      : null;
    const last = month.at(-1) as Month;
    const before = month.slice(0, -1);
    const spare = (stock?.stock ?? 0) + total(before.map(({ capacity, demand }) => capacity - demand));
    const unmet = { ...last, demand: Math.max(0, spare) + last.capacity + integer(key, 'unmet', 1, 5) };
    return {
      month: aim === 'infeasible' ? [...before, unmet] : month,
      storage: { storage: integer(key, 'storage', 1, 5) },
      stock,
    };
  },

  /** Variables in pairs: made and kept, month by month. */
  model({ month, storage, stock }) {
    return {
      variables: month.flatMap(({ month: name, capacity }) => [
        variable(`made in ${name}`, 'integer', capacity),
        variable(`kept after ${name}`, 'integer'),
      ]),
      objective: { sense: 'minimize', terms: row(month.flatMap(({ cost }) => [cost, storage.storage])), offset: 0 },
      constraints: month.map(({ demand }, index): Constraint => {
        const terms = [[1, 2 * index] as const, [-1, 2 * index + 1] as const];
        return index === 0
          ? equals(terms, demand - (stock?.stock ?? 0))
          : equals([[1, 2 * index - 1], ...terms], demand);
      }),
    };
  },

  optimum({ month, storage, stock }) {
    /** Least cost so far by units in store. */
    let costs = new Map([[stock?.stock ?? 0, 0]]);
    for (const { demand, cost, capacity } of month) {
      const next = new Map<number, number>();
      for (const [units, spent] of costs) {
        for (let made = Math.max(0, demand - units); made <= capacity; made++) {
          const kept = units + made - demand;
          const sum = spent + cost * made + storage.storage * kept;
          if (sum < (next.get(kept) ?? Infinity)) next.set(kept, sum);
        }
      }
      costs = next;
    }
    return costs.size === 0 ? 'infeasible' : Math.min(...costs.values());
  },

  wordings: {
    month: {
      told: 'each',
      training: [
        'In {month:name} {demand:unit} are sold and at most {capacity:unit} can be made at {cost:dollar} each.',
        'The demand in {month:name} is {demand:unit}, the capacity {capacity:unit} and the cost {cost:dollar} per unit.',
      ],
      heldOut: [
        'Customers want {demand:unit} in {month:name}, when up to {capacity:unit} can be built for {cost:dollar} each.',
        '{month:name} brings orders for {demand:unit}, a limit of {capacity:unit} and a price of {cost:dollar} for making one.',
      ],
    },
    storage: {
      told: 'once',
      training: [
        'Each unit kept at the end of any month costs {storage:dollar}.',
        'Keeping a unit at the end of a month costs {storage:dollar} every time.',
      ],
      heldOut: [
        'For every unit left at the end of each month {storage:dollar} are paid.',
        'The store takes {storage:dollar} per unit at the end of every month.',
      ],
    },
    stock: {
      told: 'maybe',
      training: ['There are {stock:unit} in store at the start.'],
      heldOut: ['Before the first month {stock:unit} are ready.'],
    },
    goal: {
      told: 'once',
      training: [
        'Units are whole: meet every demand on time and minimize the total cost.',
        'What is the lowest total cost of meeting every demand on time with whole units?',
      ],
      heldOut: [
        'Serving all orders on time in whole units, how low can the total cost be?',
        'Find the cheapest plan of whole units in total that serves each month in time.',
      ],
    },
  },
};
