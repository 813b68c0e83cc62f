/** Send as much as possible through roads with limits. Optimum by augmenting paths. */

import { integer } from '../../../random.ts';
import type { Family } from '../family.ts';
import { equals, variable } from '../model.ts';
import { balance, drawRoads, townsOf } from '../network.ts';

type MaxFlow = {
  readonly road: readonly { readonly from: string; readonly to: string; readonly limit: number }[];
  /** Roads without a limit. */
  readonly free: readonly { readonly from: string; readonly to: string }[];
  readonly goal: { readonly source: string; readonly sink: string };
};

export const maxFlow: Family<MaxFlow> = {
  name: 'max-flow',
  isHeldOut: false,
  answers: ['number', 'unbounded'],

  draw(key, difficulty, aim) {
    const { names, roads } = drawRoads(key, difficulty + 3);
    const [source = '', middle = ''] = names;
    const sink = names.at(-1) as string;
    const path = [
      [source, middle],
      [middle, sink],
    ];
    const isOpen = ({ from, to }: { from: string; to: string }): boolean =>
      aim === 'unbounded' && path.some(([start, end]) => start === from && end === to);
    const all =
      aim === 'unbounded' && !roads.some(({ from, to }) => from === middle && to === sink)
        ? [...roads, { from: middle, to: sink }]
        : roads;
    return {
      road: all
        .filter((road) => !isOpen(road))
        .map((road) => ({ ...road, limit: integer(key, `${road.from} ${road.to}`, 2, 40) })),
      free: all.filter(isOpen),
      goal: { source, sink },
    };
  },

  model({ road, free, goal }) {
    const roads = [...road, ...free];
    const inner = townsOf(roads).filter((town) => town !== goal.source && town !== goal.sink);
    return {
      variables: [
        ...road.map(({ from, to, limit }) => variable(`${from} to ${to}`, 'continuous', limit)),
        ...free.map(({ from, to }) => variable(`${from} to ${to}`, 'continuous')),
      ],
      objective: { sense: 'maximize', terms: balance(roads, goal.source, 1), offset: 0 },
      constraints: inner.map((town) => equals(balance(roads, town, -1), 0)),
    };
  },

  optimum({ road, free, goal }) {
    const room = new Map<string, Map<string, number>>();
    const add = (from: string, to: string, amount: number): void => {
      const row = room.get(from) ?? new Map<string, number>();
      room.set(from, row.set(to, (row.get(to) ?? 0) + amount));
    };
    for (const { from, to, limit } of road) add(from, to, limit);
    for (const { from, to } of free) add(from, to, Infinity);
    let sent = 0;
    for (;;) {
      const path = pathWithRoom(room, goal.source, goal.sink);
      if (!path) return sent;
      const amount = Math.min(...path.map(([from, to]) => room.get(from)?.get(to) ?? 0));
      if (amount === Infinity) return 'unbounded';
      for (const [from, to] of path) {
        add(from, to, -amount);
        add(to, from, amount);
      }
      sent += amount;
    }
  },

  wordings: {
    road: {
      told: 'each',
      training: [
        'At most {limit:ton} can go from {from:name} to {to:name}.',
        'The road from {from:name} to {to:name} takes up to {limit:ton}.',
      ],
      heldOut: [
        'From {from:name} to {to:name} there is room for {limit:ton}.',
        'No more than {limit:ton} can be driven from {from:name} to {to:name}.',
      ],
    },
    free: {
      told: 'each',
      training: ['Any amount can go from {from:name} to {to:name}.'],
      heldOut: ['There is no limit from {from:name} to {to:name}.'],
    },
    goal: {
      told: 'once',
      training: [
        'Roads are one-way and any fraction of a ton is allowed: maximize the tons sent from {source:name} to {sink:name}.',
        'With one-way roads and any fraction of a ton, what is the most that can be sent from {source:name} to {sink:name}?',
      ],
      heldOut: [
        'Loads may be fractional and no road works backwards: how many tons at best can get from {source:name} to {sink:name}?',
        'Parts of a ton are fine and traffic is one-way: find the largest number of tons from {source:name} that can reach {sink:name}.',
      ],
    },
  },
};

type Step = readonly [from: string, to: string];

/** The path with the fewest roads on which something can still be sent; `null` where there is none. */
function pathWithRoom(
  room: ReadonlyMap<string, ReadonlyMap<string, number>>,
  source: string,
  sink: string,
): readonly Step[] | null {
  const reached = new Map<string, readonly Step[]>([[source, []]]);
  for (const [from, path] of reached) {
    for (const [to, left] of room.get(from) ?? []) {
      if (left > 0 && !reached.has(to)) reached.set(to, [...path, [from, to]]);
    }
  }
  return reached.get(sink) ?? null;
}
