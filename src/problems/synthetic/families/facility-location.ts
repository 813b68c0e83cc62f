/** Open depots and serve every town from one of them at the least cost. Optimum by enumerating which depots open. */

import { chance, fold, integer, integers, sample } from '../../../random.ts';
import type { Family } from '../family.ts';
import { TOWNS } from '../lexicon.ts';
import { atMost, type Constraint, equals, range, row, sumOf, total, variable } from '../model.ts';

type FacilityLocation = {
  readonly site: readonly { readonly site: string; readonly fixed: number }[];
  readonly town: readonly {
    readonly town: string;
    readonly costs: readonly { readonly cost: number; readonly site: string }[];
  }[];
  /** At most so many towns per depot. */
  readonly limit: { readonly limit: number } | null;
};

export const facilityLocation: Family<FacilityLocation> = {
  name: 'facility-location',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const [sites, towns] = (
      [
        [2, 2],
        [2, 3],
        [3, 4],
      ] as const
    )[difficulty - 1] as readonly [number, number];
    const count = aim === 'infeasible' ? Math.max(3, towns) : towns;
    const names = sample(key, 'names', TOWNS, sites + count);
    const fixed = integers(key, 'fixed', sites, 10, 90);
    const at = names.slice(0, sites);
    const limit =
      aim === 'infeasible' ? Math.ceil(count / sites) - 1 : Math.ceil(count / sites) + integer(key, 'room', 0, 1);
    return {
      site: at.map((site, index) => ({ site, fixed: fixed[index] as number })),
      town: names.slice(sites).map((town) => {
        const costs = integers(fold(key, town), 'costs', sites, 2, 60);
        return { town, costs: at.map((site, index) => ({ cost: costs[index] as number, site })) };
      }),
      limit: aim === 'infeasible' || (difficulty > 1 && chance(key, 'limit', 0.4)) ? { limit } : null,
    };
  },

  /** Variables: a binary per site, then one per town and site. */
  model({ site, town, limit }) {
    const pairs = town.flatMap(({ town: name, costs }) => costs.map((entry) => ({ town: name, ...entry })));
    const served = (name: string): readonly number[] =>
      pairs.flatMap((pair, index) => (pair.town === name ? [site.length + index] : []));
    const from = (name: string): readonly number[] =>
      pairs.flatMap((pair, index) => (pair.site === name ? [site.length + index] : []));
    const isOpen = (index: number, pair: number): Constraint =>
      atMost(
        [
          [-1, index],
          [1, pair],
        ],
        0,
      );
    return {
      variables: [
        ...site.map(({ site: name }) => variable(`open ${name}`, 'binary')),
        ...pairs.map((pair) => variable(`${pair.town} from ${pair.site}`, 'binary')),
      ],
      objective: {
        sense: 'minimize',
        terms: row([...site.map(({ fixed }) => fixed), ...pairs.map(({ cost }) => cost)]),
        offset: 0,
      },
      constraints: [
        ...town.map(({ town: name }) => equals(sumOf(served(name)), 1)),
        ...site.flatMap(({ site: name }, index) =>
          limit
            ? [atMost([[-limit.limit, index], ...sumOf(from(name))], 0)]
            : from(name).map((pair) => isOpen(index, pair)),
        ),
      ],
    };
  },

  optimum({ site, town, limit }) {
    const most = limit?.limit ?? town.length;
    /** Least cost of serving the towns from `next` on, with so much room left at each site. */
    const serve = (next: number, room: readonly number[]): number => {
      const entry = town[next];
      if (!entry) return 0;
      const options = site.map(({ site: name }, index) => {
        const cost = entry.costs.find((candidate) => candidate.site === name)?.cost ?? Infinity;
        return (room[index] as number) > 0
          ? cost +
              serve(
                next + 1,
                room.map((left, other) => (other === index ? left - 1 : left)),
              )
          : Infinity;
      });
      return Math.min(...options);
    };
    const costs = range(2 ** site.length).map((open) => {
      const isOpen = site.map((_, index) => (open & (1 << index)) !== 0);
      return (
        total(site.map(({ fixed }, index) => (isOpen[index] ? fixed : 0))) +
        serve(
          0,
          isOpen.map((opened) => (opened ? most : 0)),
        )
      );
    });
    const best = Math.min(...costs);
    return best === Infinity ? 'infeasible' : best;
  },

  wordings: {
    site: {
      told: 'each',
      training: [
        'Opening a depot in {site:name} costs {fixed:dollar}.',
        'A depot in {site:name} can be opened for {fixed:dollar}.',
      ],
      heldOut: [
        'The price of a depot in {site:name} is {fixed:dollar}.',
        'Whoever wants a depot in {site:name} pays {fixed:dollar}.',
      ],
    },
    town: {
      told: 'each',
      training: [
        'Serving {town:name} costs {costs*<cost:dollar> from <site:name>}.',
        '{town:name} can be served for {costs*<cost:dollar> from <site:name>}.',
      ],
      heldOut: [
        'Deliveries to {town:name} are priced at {costs*<cost:dollar> from <site:name>}.',
        'To supply {town:name} one pays {costs*<cost:dollar> from <site:name>}.',
      ],
    },
    limit: {
      told: 'maybe',
      training: ['A depot can serve at most {limit:town}.'],
      heldOut: ['No depot may supply more than {limit:town}.'],
    },
    goal: {
      told: 'once',
      training: [
        'Each town is served wholly from exactly one open depot: minimize the total cost.',
        'With each whole town served from exactly one open depot, what is the lowest total cost?',
      ],
      heldOut: [
        'Every whole town gets its goods from a single depot that was opened: find the cheapest total.',
        'If one open depot supplies the whole of each town, how low can the total cost be?',
      ],
    },
  },
};
