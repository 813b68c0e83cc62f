/** Ship from depots to towns at the least cost. Optimum by successive cheapest paths. */

import { fold, integer, integers, sample } from '../../../random.ts';
import type { Family } from '../family.ts';
import { TOWNS } from '../lexicon.ts';
import { atLeast, atMost, row, sumOf, total, variable } from '../model.ts';

type Transport = {
  /** Cost per ton to each town. */
  readonly cost: readonly {
    readonly depot: string;
    readonly costs: readonly { readonly cost: number; readonly town: string }[];
  }[];
  readonly supply: readonly { readonly depot: string; readonly supply: number }[];
  readonly demand: readonly { readonly town: string; readonly demand: number }[];
};

export const transport: Family<Transport> = {
  name: 'transport',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const [rows, columns] = (
      [
        [2, 2],
        [2, 3],
        [3, 4],
      ] as const
    )[difficulty - 1] as readonly [number, number];
    const names = sample(key, 'names', TOWNS, rows + columns);
    const depots = names.slice(0, rows);
    const towns = names.slice(rows);
    const demands = integers(key, 'demands', columns, 5, 40);
    const needed = total(demands);
    const [slack, least] = aim === 'infeasible' ? [-integer(key, 'short', 1, 4), 1] : [integer(key, 'slack', 0, 20), 5];
    const first = integers(key, 'supplies', rows - 1, least, Math.floor(needed / rows));
    const supplies = [...first, needed + slack - total(first)];
    return {
      cost: depots.map((depot) => {
        const costs = integers(fold(key, depot), 'costs', columns, 1, 20);
        return { depot, costs: towns.map((town, index) => ({ cost: costs[index] as number, town })) };
      }),
      supply: depots.map((depot, index) => ({ depot, supply: supplies[index] as number })),
      demand: towns.map((town, index) => ({ town, demand: demands[index] as number })),
    };
  },

  model({ cost, supply, demand }) {
    const routes = cost.flatMap(({ depot, costs }) => costs.map((entry) => ({ depot, ...entry })));
    const where = (test: (route: (typeof routes)[number]) => boolean): readonly number[] =>
      routes.flatMap((route, index) => (test(route) ? [index] : []));
    return {
      variables: routes.map(({ depot, town }) => variable(`${depot} to ${town}`, 'continuous')),
      objective: { sense: 'minimize', terms: row(routes.map((route) => route.cost)), offset: 0 },
      constraints: [
        ...supply.map((entry) => atMost(sumOf(where(({ depot }) => depot === entry.depot)), entry.supply)),
        ...demand.map((entry) => atLeast(sumOf(where(({ town }) => town === entry.town)), entry.demand)),
      ],
    };
  },

  /** Each round sends as much as fits along the cheapest path from a depot with stock to a town in need (Bellman–Ford). */
  optimum({ cost, supply, demand }) {
    const stock = supply.map((entry) => entry.supply);
    const need = demand.map((entry) => entry.demand);
    if (total(stock) < total(need)) return 'infeasible';
    const price = supply.map(({ depot }) => {
      const costs = cost.find((entry) => entry.depot === depot)?.costs ?? [];
      return demand.map(({ town }) => costs.find((entry) => entry.town === town)?.cost ?? Infinity);
    });
    const sent = price.map((costs) => costs.map(() => 0));
    let spent = 0;
    while (total(need) > 0) {
      const path = cheapestPath(price, sent, stock, need);
      const amount = Math.min(
        stock[path[0]?.depot as number] as number,
        need[path.at(-1)?.town as number] as number,
        ...path.filter(({ isBack }) => isBack).map(({ depot, town }) => (sent[depot] as number[])[town] as number),
      );
      for (const { depot, town, isBack } of path) {
        (sent[depot] as number[])[town] = ((sent[depot] as number[])[town] as number) + (isBack ? -amount : amount);
        spent += (isBack ? -amount : amount) * ((price[depot] as number[])[town] as number);
      }
      stock[path[0]?.depot as number] = (stock[path[0]?.depot as number] as number) - amount;
      need[path.at(-1)?.town as number] = (need[path.at(-1)?.town as number] as number) - amount;
    }
    return spent;
  },

  wordings: {
    cost: {
      told: 'each',
      training: [
        'Shipping a ton from {depot:name} costs {costs*<cost:dollar> to <town:name>}.',
        'A ton from {depot:name} costs {costs*<cost:dollar> to <town:name>}.',
        'From {depot:name} a ton is shipped for {costs*<cost:dollar> to <town:name>}.',
        'Moving a ton out of {depot:name} costs {costs*<cost:dollar> to <town:name>}.',
        'The price of moving a ton from {depot:name} is {costs*<cost:dollar> to <town:name>}.',
        'Each ton carried from {depot:name} costs {costs*<cost:dollar> to <town:name>}.',
        'Out of {depot:name} each ton is moved for {costs*<cost:dollar> to <town:name>}.',
        'The price for each ton from {depot:name} is {costs*<cost:dollar> to <town:name>}.',
        'To move a ton out of {depot:name} one pays {costs*<cost:dollar> to <town:name>}.',
        'A ton is carried from {depot:name} for {costs*<cost:dollar> to <town:name>}.',
        'From {depot:name} the price of a ton is {costs*<cost:dollar> to <town:name>}.',
        'For a ton out of {depot:name} the cost is {costs*<cost:dollar> to <town:name>}.',
        'The price of moving a ton out of {depot:name} is {costs*<cost:dollar> to <town:name>}.',
        'From {depot:name} each ton is carried for {costs*<cost:dollar> to <town:name>}.',
      ],
      heldOut: [
        'Shipping costs {costs*<cost:dollar> to <town:name>} for each ton from {depot:name}.',
        'Loads from {depot:name} cost {costs*<cost:dollar> to <town:name>} per ton.',
        'A ton can leave {depot:name} at a price of {costs*<cost:dollar> to <town:name>}.',
      ],
    },
    supply: {
      told: 'each',
      training: [
        '{depot:name} can ship at most {supply:ton}.',
        'There are {supply:ton} to ship in {depot:name}.',
        'No more than {supply:ton} can be shipped from {depot:name}.',
        'The depot in {depot:name} has {supply:ton}.',
        '{depot:name} holds {supply:ton} to ship.',
        'At most {supply:ton} can leave {depot:name}.',
        '{depot:name} has {supply:ton} in its depot.',
        'No more than {supply:ton} can go out of {depot:name}.',
        'Up to {supply:ton} can leave the depot in {depot:name}.',
        'In {depot:name} the depot holds {supply:ton}.',
        'The depot in {depot:name} holds {supply:ton}.',
        'No more than {supply:ton} can leave {depot:name}.',
      ],
      heldOut: [
        'The depot in {depot:name} can ship up to {supply:ton}.',
        'In the depot of {depot:name} there are {supply:ton}.',
        'From {depot:name} at most {supply:ton} can be shipped.',
      ],
    },
    demand: {
      told: 'each',
      training: [
        '{town:name} needs at least {demand:ton}.',
        'At least {demand:ton} must reach {town:name}.',
        'No less than {demand:ton} must reach {town:name}.',
        '{town:name} needs {demand:ton} or more.',
        'The demand of {town:name} is at least {demand:ton}.',
        'At least {demand:ton} must arrive in {town:name}.',
        'In {town:name} the demand is {demand:ton} or more.',
        '{demand:ton} or more must arrive in {town:name}.',
        'No less than {demand:ton} must be shipped to {town:name}.',
        'The demand in {town:name} is no less than {demand:ton}.',
        'The demand of {town:name} is {demand:ton} or more.',
        'No less than {demand:ton} must arrive in {town:name}.',
      ],
      heldOut: [
        'There is a demand of {demand:ton} or more in {town:name}.',
        'To {town:name} at least {demand:ton} must be carried.',
      ],
    },
    goal: {
      told: 'once',
      training: [
        'Any fraction of a ton can be shipped: minimize the total cost.',
        'What is the lowest total cost if any fraction of a ton can be shipped?',
        'Parts of a ton are allowed: find the cheapest plan.',
        'Loads may be fractional: how low can the total cost be?',
        'With fractional loads, what is the lowest total cost?',
        'Parts of a ton are fine: minimize the total cost.',
        'Find the cheapest plan in total, with fractional loads.',
        'Loads may be fractional: find the cheapest plan in total.',
        'With parts of a ton allowed, how low can the total cost be?',
      ],
      heldOut: [
        'Which plan is cheapest in total with any fraction of a ton allowed?',
        'Parts of a ton can be shipped: what is the lowest total cost?',
        'Find the lowest total cost if loads may be fractional.',
      ],
    },
  },
};

interface Leg {
  readonly depot: number;
  readonly town: number;
  /** Against a shipment already planned: undoes part of it. */
  readonly isBack: boolean;
}

/** Legs from a depot with stock to a town in need: forth, or back along what was sent. */
function cheapestPath(
  price: readonly (readonly number[])[],
  sent: readonly (readonly number[])[],
  stock: readonly number[],
  need: readonly number[],
): readonly Leg[] {
  const atDepot: { cost: number; path: readonly Leg[] }[] = stock.map((left) => ({
    cost: left > 0 ? 0 : Infinity,
    path: [],
  }));
  const atTown: { cost: number; path: readonly Leg[] }[] = need.map(() => ({ cost: Infinity, path: [] }));
  for (let round = 0; round <= stock.length + need.length; round++) {
    for (const [depot, from] of atDepot.entries()) {
      for (const [town, to] of atTown.entries()) {
        const each = (price[depot] as number[])[town] as number;
        if (from.cost + each < to.cost)
          atTown[town] = { cost: from.cost + each, path: [...from.path, { depot, town, isBack: false }] };
      }
    }
    for (const [town, from] of atTown.entries()) {
      for (const [depot, to] of atDepot.entries()) {
        const each = (price[depot] as number[])[town] as number;
        if (((sent[depot] as number[])[town] as number) > 0 && from.cost - each < to.cost) {
          atDepot[depot] = { cost: from.cost - each, path: [...from.path, { depot, town, isBack: true }] };
        }
      }
    }
  }
  const open = atTown.filter((_, town) => (need[town] as number) > 0);
  return open.reduce((best, candidate) => (candidate.cost < best.cost ? candidate : best)).path;
}
