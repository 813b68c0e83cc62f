/**
 * What every figure has: a name and a summary for who does not see it, its numbers as tables, and buttons for PNG, CSV and
 * a larger chart with zoom.
 */

import { button, element, keepKeys } from '../dom.ts';
import { tableButtons } from '../parts/table-buttons.ts';
import type { Chart } from './chart.ts';
import { createExplorer } from './explorer.ts';
import type { FigureTable } from './figure-table.ts';
import { tableNode } from './table-node.ts';

export interface FigureContent {
  readonly title: string;
  /** The data in a sentence. */
  readonly summary: string;
  /** Made when somebody wants them: the first is what the CSV button takes. */
  readonly tables: () => readonly FigureTable[];
  /** That can be zoomed into. */
  readonly charts: readonly Chart[];
}

export interface Figure {
  /** `figure`, with the body in it. */
  readonly node: HTMLElement;
  show(content: FigureContent): void;
  dispose(): void;
}

const EMPTY: FigureContent = { title: '', summary: '', tables: () => [], charts: [] };

export function createFigure(
  body: HTMLElement,
  fileName: string,
  savePicture: (title: string) => Promise<void>,
): Figure {
  let content = EMPTY;
  let drawnTables = '';
  const explorer = createExplorer();
  const disclosure = element('details.Fold', element('summary', 'Show as table'));
  const heldTables = element('div');
  disclosure.append(heldTables);
  const drawTables = (): void => {
    if (!disclosure.open) return;
    const tables = content.tables();
    const key = JSON.stringify(tables);
    if (key === drawnTables) return;
    drawnTables = key;
    heldTables.replaceChildren(...tables.map(tableNode));
  };
  disclosure.addEventListener('toggle', drawTables);
  const toolbar = element(
    'div.Figure-tools',
    explorer.toggle,
    button('PNG', () => void savePicture(content.title), { 'aria-label': 'Download as PNG' }),
    ...tableButtons(fileName, () => content.tables()[0] ?? { header: [], rows: [] }),
  );
  const node = element('figure.Figure', { tabindex: 0 }, body, toolbar, explorer.node, disclosure);
  keepKeys(node);
  return {
    node,
    show(given) {
      content = given;
      node.ariaLabel = `${given.title}. ${given.summary}`;
      explorer.show(given.charts);
      drawTables();
    },
    dispose: () => explorer.dispose(),
  };
}
