/** The shortest way along one-way roads. Optimum by Bellman–Ford. */

import { integer } from '../../../random.ts';
import type { Family } from '../family.ts';
import { equals, row, variable } from '../model.ts';
import { balance, drawRoads, townsOf } from '../network.ts';

type ShortestPath = {
  readonly road: readonly { readonly from: string; readonly to: string; readonly length: number }[];
  readonly goal: { readonly source: string; readonly sink: string };
};

export const shortestPath: Family<ShortestPath> = {
  name: 'shortest-path',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  /** Infeasible: the last inner town is entered by no road and is the only one that leads to the goal. */
  draw(key, difficulty, aim) {
    const { names, roads } = drawRoads(key, difficulty + 3);
    const [source = ''] = names;
    const sink = names.at(-1) as string;
    const gate = names.at(-2) as string;
    const isCut = ({ from, to }: { from: string; to: string }): boolean =>
      to === gate || (to === sink && from !== gate);
    const left = aim === 'infeasible' ? roads.filter((road) => !isCut(road)) : roads;
    return {
      road: left.map((road) => ({ ...road, length: integer(key, `${road.from} ${road.to}`, 3, 60) })),
      goal: { source, sink },
    };
  },

  model({ road, goal }) {
    return {
      variables: road.map(({ from, to }) => variable(`${from} to ${to}`, 'binary')),
      objective: { sense: 'minimize', terms: row(road.map(({ length }) => length)), offset: 0 },
      constraints: townsOf(road).map((town) =>
        town === goal.source
          ? equals(balance(road, town, 1), 1)
          : equals(balance(road, town, -1), town === goal.sink ? 1 : 0),
      ),
    };
  },

  optimum({ road, goal }) {
    const distance = new Map([[goal.source, 0]]);
    for (let round = 0; round < road.length; round++) {
      for (const { from, to, length } of road) {
        const reached = (distance.get(from) ?? Infinity) + length;
        if (reached < (distance.get(to) ?? Infinity)) distance.set(to, reached);
      }
    }
    return distance.get(goal.sink) ?? 'infeasible';
  },

  wordings: {
    road: {
      told: 'each',
      training: [
        'The road from {from:name} to {to:name} is {length:km} long.',
        'Going from {from:name} to {to:name} takes {length:km}.',
      ],
      heldOut: [
        'It is {length:km} from {from:name} to {to:name}.',
        'A drive of {length:km} leads from {from:name} to {to:name}.',
      ],
    },
    goal: {
      told: 'once',
      training: [
        'Each one-way road is taken whole or not: minimize the km from {source:name} to {sink:name}.',
        'Using whole one-way roads, what is the lowest number of km from {source:name} to {sink:name}?',
      ],
      heldOut: [
        'No road works backwards and all are driven whole: find the shortest way from {source:name} to {sink:name} in km.',
        'Along whole roads in the given direction, how few km lead from {source:name} to {sink:name}?',
      ],
    },
  },
};
