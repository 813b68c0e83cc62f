/** The matrix as a drawing, for the PNG alone: on the screen it is a table. */

import { type Drawing, type Shape, textShape } from '../../figure/shape.ts';
import type { MatrixRow } from './matrix-cells.ts';

const [LABEL, COLUMN, HEAD, ROW] = [190, 150, 48, 64];

export function drawMatrix(rows: readonly MatrixRow[], solvers: readonly string[], rule: string): Drawing {
  const width = LABEL + solvers.length * COLUMN;
  const height = HEAD + rows.length * ROW + 24;
  const cells = rows.flatMap(({ name, trainedOn, cells: own }, index): readonly Shape[] => {
    const top = HEAD + index * ROW;
    return [
      textShape(0, top + 28, name, { class: 'evom-Chart-title' }),
      textShape(0, top + 44, `trained on ${trainedOn}`, { class: 'evom-Chart-quiet' }),
      ...own.flatMap(({ score, text, n, mark }, column): readonly Shape[] => {
        const left = LABEL + column * COLUMN;
        const style = `fill: ${heat(score?.accuracy ?? null)}`;
        return [
          { tag: 'rect', attributes: { x: left + 2, y: top + 2, width: COLUMN - 4, height: ROW - 4, style } },
          textShape(left + COLUMN / 2, top + 24, text, { 'text-anchor': 'middle', class: 'evom-Chart-title' }),
          textShape(left + COLUMN / 2, top + 42, `n ${n}${mark === '' ? '' : `  ${mark}`}`, {
            'text-anchor': 'middle',
          }),
        ];
      }),
    ];
  });
  const heads = solvers.map((name, column) =>
    textShape(LABEL + (column + 0.5) * COLUMN, HEAD - 10, `judged on ${name}`, { 'text-anchor': 'middle' }),
  );
  const shapes = [...heads, ...cells, textShape(0, height - 6, rule, { class: 'evom-Chart-quiet' })];
  return { width, height, shapes, plot: { left: LABEL, right: width, top: HEAD, bottom: height - 24 } };
}

/** Between the background and the theme's colour of heat, which leaves the text readable at every accuracy. */
export function heat(accuracy: number | null): string {
  const share = Math.round(100 * Math.min(1, Math.max(0, accuracy ?? 0)));
  return `color-mix(in srgb, var(--evom-heat) ${share}%, var(--jp-layout-color0, white))`;
}
