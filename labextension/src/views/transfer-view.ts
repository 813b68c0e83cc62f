/** Accuracy by policy and solver: a matrix of what was trained on and judged on, with the errors behind each cell. */

import type { SolverWord, TransferData } from '../../../kernel/spec/mime.ts';
import { element } from '../dom.ts';
import { createFigure } from '../figure/figure.ts';
import { downloadPicture } from '../figure/picture.ts';
import { createSvg, drawInto } from '../figure/svg.ts';
import { tableNode } from '../figure/table-node.ts';
import { solverTitle } from '../palette.ts';
import { progressLine } from '../parts/progress-line.ts';
import { oneLine } from '../text/visible-text.ts';
import type { View } from '../view-renderer.ts';
import { cellDetail } from './transfer/cell-detail.ts';
import { createEpsilonChoice } from './transfer/epsilon-choice.ts';
import { epsilonsOf, type MatrixCell, type MatrixRow, matrixRows } from './transfer/matrix-cells.ts';
import { matrixNode } from './transfer/matrix-node.ts';
import { drawMatrix } from './transfer/matrix-picture.ts';
import { errorTable, missingTable, transferTables } from './transfer/transfer-tables.ts';

export interface TransferOptions {
  /** Somebody wants to see the rollouts of a cell. */
  readonly onChoose?: (policy: string, solver: SolverWord) => void;
}

const LEGEND = 'Framed: trained on this solver. ▲ ▼: the interval lies apart from that of the base.';

const EMPTY: TransferData = {
  ...{ problems: null, labelSet: null, solvers: [], rows: [] },
  progress: { state: 'done', done: 0, total: 0, secondsLeft: null, error: null },
};

export function createTransferView(node: HTMLElement, { onChoose }: TransferOptions = {}): View<TransferData> {
  let data = EMPTY;
  let rows: readonly MatrixRow[] = [];
  let rule = '';
  /** Of the cell that is told, so that it stays over updates. */
  let looked: readonly [row: number, column: number] | null = null;

  const progress = element('div');
  const epsilon = createEpsilonChoice(() => draw());
  const held = element('div.Figure-wide', { role: 'group', tabindex: 0, 'aria-label': 'Transfer matrix' });
  const detail = element('div.Cell-detail', { role: 'status' });
  const errors = element('details.Fold', element('summary', 'Kinds of errors'));
  const heldErrors = element('div');
  errors.append(heldErrors);
  const legend = element('p.Quiet', LEGEND);
  const body = element('div', progress, epsilon.node, held, legend, detail, errors);
  const figure = createFigure(body, 'transfer', savePicture);
  node.append(figure.node);

  function look(row: MatrixRow, cell: MatrixCell): void {
    looked = [rows.indexOf(row), row.cells.indexOf(cell)];
    detail.replaceChildren(...cellDetail(row, cell));
  }

  function draw(): void {
    const chosen = epsilon.show(epsilonsOf(data));
    rows = matrixRows(data, chosen);
    const score = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.score ?? [])).at(0);
    rule =
      score === undefined
        ? 'No scores yet'
        : `Accuracy with 95 % intervals, rule ${oneLine(score.rule, 40)} at ε ${score.epsilon}`;
    const focused = focusedCell(held);
    const caption = [rule, problemsText(data)].filter((text) => text !== '').join('; ');
    held.replaceChildren(
      matrixNode(caption, rows, data.solvers.map(solverTitle), {
        look,
        choose: (row, cell) => {
          look(row, cell);
          onChoose?.(row.row.policy, cell.cell.solver);
        },
      }),
    );
    held.querySelectorAll<HTMLElement>('.evom-Matrix-cell')[focused]?.focus();
    const row = looked === null ? undefined : rows[looked[0]];
    const cell = looked === null ? undefined : row?.cells[looked[1]];
    if (row !== undefined && cell !== undefined) detail.replaceChildren(...cellDetail(row, cell));
    else detail.replaceChildren('Point at a cell, or focus it, to read its errors.');
    const tables = [errorTable(data), missingTable(data)].filter((table) => table.rows.length > 0);
    legend.hidden = rows.length < 2;
    errors.hidden = tables.length === 0;
    heldErrors.replaceChildren(...tables.map(tableNode));
    figure.show({
      title: rows.length === 1 ? 'Evaluation' : 'Transfer matrix',
      summary: summary(),
      tables: () => transferTables(data),
      charts: [],
    });
  }

  function summary(): string {
    const told = rows.flatMap(({ name, cells }) =>
      cells.map(({ cell, text, mark }) => `${name} on ${solverTitle(cell.solver)} ${text} ${mark}`.trim()),
    );
    return `${rule}. ${told.join('; ')}.`;
  }

  /** The drawing is in the page only while the picture is made. */
  async function savePicture(title: string): Promise<void> {
    const svg = createSvg({ 'aria-hidden': 'true' });
    const hidden = element('div.Offscreen');
    hidden.append(svg);
    node.append(hidden);
    drawInto(svg, drawMatrix(rows, data.solvers.map(solverTitle), rule));
    try {
      await downloadPicture(hidden, title, 'transfer');
    } finally {
      hidden.remove();
    }
  }

  return {
    render(given) {
      data = given;
      progress.replaceChildren(progressLine(data.progress, 'rollouts'));
      draw();
    },
    dispose: () => figure.dispose(),
  };
}

function focusedCell(node: HTMLElement): number {
  return [...node.querySelectorAll('.evom-Matrix-cell')].indexOf(document.activeElement as Element);
}

function problemsText({ problems, labelSet }: TransferData): string {
  if (problems === null) return '';
  return `problems ${oneLine(problems, 60)}${labelSet === null ? '' : `, labels ${oneLine(labelSet, 40)}`}`;
}
