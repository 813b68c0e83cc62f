/** The matrix as a table: a cell is a button, coloured by its accuracy, that tells its errors. */

import { element } from '../../dom.ts';
import type { MatrixCell, MatrixRow } from './matrix-cells.ts';
import { heat } from './matrix-picture.ts';

export interface MatrixActions {
  /** The pointer or the focus is on it. */
  look(row: MatrixRow, cell: MatrixCell): void;
  choose(row: MatrixRow, cell: MatrixCell): void;
}

/** `solvers`: titles of the columns. */
export function matrixNode(
  caption: string,
  rows: readonly MatrixRow[],
  solvers: readonly string[],
  actions: MatrixActions,
): HTMLElement {
  const head = element(
    'tr',
    element('th', { scope: 'col' }, 'policy, trained on ↓ judged on →'),
    ...solvers.map((name) => element('th', { scope: 'col' }, name)),
  );
  const body = rows.map((row) =>
    element(
      'tr',
      element('th', { scope: 'row' }, row.name, element('span.Quiet', `trained on ${row.trainedOn}`)),
      ...row.cells.map((cell) => element('td', cellButton(row, cell, actions))),
    ),
  );
  return element('table.Matrix', element('caption', caption), element('thead', head), element('tbody', ...body));
}

function cellButton(row: MatrixRow, cell: MatrixCell, { look, choose }: MatrixActions): HTMLElement {
  const { text, n, mark, isOwn, score } = cell;
  const made = element(
    'button',
    { type: 'button', class: 'evom-Matrix-cell', style: `background: ${heat(score?.accuracy ?? null)}` },
    element('strong', text),
    element('span', `n ${n}`),
    element('span.Matrix-mark', mark),
  );
  if (isOwn) made.classList.add('evom-Matrix-own');
  made.addEventListener('pointerenter', () => look(row, cell));
  made.addEventListener('focus', () => look(row, cell));
  made.addEventListener('click', () => choose(row, cell));
  return made;
}
