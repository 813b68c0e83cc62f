/** Policies by solvers as a heat map: the more accurate, the fuller the colour; figures in every cell. */

import { type Figure, round, svgFigure, text } from '../../../src/experiments/report/svg.ts';
import type { TransferCell, TransferData, TransferRowData } from '../../spec/mime.ts';
import { percent } from '../text/numbers.ts';
import { oneLine } from '../text/plain.ts';

const [CELL_WIDTH, LINE, TOP, LETTER] = [176, 17, 62, 6.8];

export function transferFigure({ problems, labelSet, solvers, rows }: TransferData): Figure {
  const epsilons = rows[0]?.cells[0]?.scores.map(({ epsilon }) => epsilon) ?? [];
  const height = LINE * (2 * epsilons.length + 1);
  const labels = rows.map(labelOf);
  const left = 24 + LETTER * Math.max(10, ...labels.map((label) => label.length));
  const title = `Accuracy with its 95 % interval at ε ${epsilons.join(' and ')}`;
  const set = `${oneLine(problems ?? '', 50)}, labels ${labelSet ?? ''}`;
  const body = [
    text([12, 22], title),
    text([12, 40], set, { className: 'quiet' }),
    ...solvers.map((solver, column) =>
      text([left + (column + 0.5) * CELL_WIDTH, TOP - 6], solver, { anchor: 'middle' }),
    ),
    ...rows.flatMap(({ cells }, row) => [
      text([left - 10, TOP + (row + 0.5) * height + 4], labels[row] ?? '', { anchor: 'end' }),
      ...cells.flatMap((cell, column) => cellOf(cell, [left + column * CELL_WIDTH, TOP + row * height], height)),
    ]),
  ];
  const width = Math.max(left + solvers.length * CELL_WIDTH + 12, 24 + LETTER * title.length);
  const told = rows.flatMap(({ cells }, row) =>
    cells.map(({ solver, scores }) => `${labels[row]} on ${solver} ${percent(scores[0]?.accuracy ?? null)}`),
  );
  const about = { title, description: `${told.join('; ')}.` };
  return svgFigure('transfer', about, [Math.ceil(width), TOP + rows.length * height + 12], body);
}

function cellOf({ scores }: TransferCell, [x, y]: readonly [number, number], height: number): readonly string[] {
  const share = scores[0]?.accuracy ?? 0;
  const middle = x + CELL_WIDTH / 2;
  return [
    `<rect class="heat" x="${round(x + 1)}" y="${round(y + 1)}" width="${CELL_WIDTH - 2}" height="${height - 2}" fill-opacity="${(0.05 + 0.8 * share).toFixed(2)}"/>`,
    ...scores.flatMap(({ accuracy, low, high, hits, n }, index) => [
      text([middle, y + LINE * (2 * index + 1.2)], `${percent(accuracy)} (${hits}/${n})`, { anchor: 'middle' }),
      text([middle, y + LINE * (2 * index + 2)], `[${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`, {
        anchor: 'middle',
        className: 'quiet',
      }),
    ]),
  ];
}

function labelOf({ policy, trainedOn }: TransferRowData): string {
  const name = oneLine(policy, 30);
  return trainedOn.length === 0 || name === trainedOn.join(', ') ? name : `${name}: ${trainedOn.join(', ')}`;
}
