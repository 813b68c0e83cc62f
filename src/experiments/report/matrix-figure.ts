import { escapeText } from '../../escape-text.ts';
import { RowIndex } from '../judging/scores.ts';
import { HELD_OUT } from '../problem-sets.ts';
import type { Results } from '../results.ts';
import { type Figure, round, svgFigure, text } from './svg.ts';
import { percent } from './table.ts';
import { judgedSolvers, markedArms } from './tables.ts';

const [CELL_WIDTH, CELL_HEIGHT, TOP, LETTER] = [128, 46, 62, 6.6];

/** Trained on × judged on, greedy, held-out set, ε 0.05: the more accurate, the fuller the colour. */
export function matrixFigure(results: Results): Figure {
  const index = new RowIndex(results.rows);
  const solvers = judgedSolvers(results);
  const arms = markedArms(results);
  const left = 24 + LETTER * Math.max(...arms.map(({ label }) => label.length), 10);
  const told: string[] = [];
  const body = [
    text([12, 22], 'Trained on × judged on: accuracy in %, greedy, with its 95 % interval'),
    ...solvers.map((solver, column) =>
      text([left + (column + 0.5) * CELL_WIDTH, TOP - 10], solver, { anchor: 'middle' }),
    ),
    ...arms.flatMap(({ name, label }, row) => [
      text([left - 10, TOP + (row + 0.55) * CELL_HEIGHT], label, { anchor: 'end' }),
      ...solvers.flatMap((solver, column) => {
        const { accuracy, interval } = index.cellOf({ arm: name, solver, split: HELD_OUT, mode: 'greedy' });
        const [x, y] = [left + column * CELL_WIDTH, TOP + row * CELL_HEIGHT];
        told.push(`${label} on ${solver} ${percent(accuracy)}`);
        const interior = `[${percent(interval.low)}, ${percent(interval.high)}]`;
        return [
          `<rect class="heat" x="${round(x + 1)}" y="${round(y + 1)}" width="${CELL_WIDTH - 2}" height="${CELL_HEIGHT - 2}" fill-opacity="${(0.05 + 0.8 * (accuracy ?? 0)).toFixed(2)}"><title>${escapeText(`${label}, ${solver}`)}</title></rect>`,
          text([x + CELL_WIDTH / 2, y + 20], percent(accuracy), { anchor: 'middle' }),
          text([x + CELL_WIDTH / 2, y + 36], accuracy === null ? 'not judged' : interior, {
            anchor: 'middle',
            className: 'quiet',
          }),
        ];
      }),
    ]),
  ];
  const size = [left + solvers.length * CELL_WIDTH + 12, TOP + arms.length * CELL_HEIGHT + 14] as const;
  const title = `${results.record.title}: trained on × judged on`;
  return svgFigure('matrix', { title, description: `Accuracy in percent: ${told.join('; ')}.` }, size, body);
}
