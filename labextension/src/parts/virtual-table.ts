/**
 * A table of any length: only the rows in sight are elements, all of one height. The table is one stop of the keyboard;
 * arrows, Page Up and Down, Home and End choose a row, Enter opens it, Space marks it. Rows are known by their keys, so that
 * the chosen one stays chosen when the rows are replaced.
 */

import { element } from '../dom.ts';
import { type Column, drawHead, type Sorting } from './table-head.ts';
import { placeRows, spacer, stretch } from './table-rows.ts';
import { scrollToRow, visibleRows } from './visible-rows.ts';

export interface TableContent<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly sorting: Sorting | null;
  readonly marked: ReadonlySet<string>;
  readonly opened: string | null;
}

export interface TableActions<Row> {
  readonly open: (row: Row) => void;
  readonly sort: (column: string) => void;
  readonly mark: (row: Row) => void;
}

export interface VirtualTable<Row> {
  readonly node: HTMLElement;
  show(content: TableContent<Row>): void;
  /** The view has another size. */
  resize(): void;
  focus(): void;
}

interface DrawnRow {
  readonly node: HTMLElement;
  /** What it shows: a row that shows the same is kept, so that a press of the mouse begins and ends on one element. */
  readonly shown: string;
}

const ROW_HEIGHT = 28;
const ROWS_IN_SIGHT = 12;

let tables = 0;

export function createVirtualTable<Row extends { readonly key: string }>(
  caption: string,
  actions: TableActions<Row>,
): VirtualTable<Row> {
  tables += 1;
  const id = `evom-table-${tables}`;
  const columnWidths = element('colgroup');
  const head = element('thead');
  const [before, body, after] = [spacer(), element('tbody'), spacer()];
  const table = element(
    'table.Table.Grid',
    { role: 'grid', tabindex: 0 },
    element('caption.Hidden', caption),
    ...[columnWidths, head, before, body, after],
  );
  const height = (ROWS_IN_SIGHT + 1) * ROW_HEIGHT;
  const box = element('div.Scroll', { style: `--evom-height: ${height}px; --evom-row: ${ROW_HEIGHT}px` }, table);

  let content: TableContent<Row> = { columns: [], rows: [], sorting: null, marked: new Set(), opened: null };
  let chosen: string | null = null;
  let drawn = new Map<number, DrawnRow>();
  let isScheduled = false;

  /** Without the heading, which stays in sight, and a bar to scroll by. */
  const viewHeight = (): number => box.clientHeight - ROW_HEIGHT;

  function drawRows(isFresh: boolean): void {
    const { first, end } = visibleRows(content.rows.length, ROW_HEIGHT, box.scrollTop, height);
    const rows = new Map<number, DrawnRow>();
    for (let index = first; index < end; index += 1) {
      const known = drawn.get(index);
      const shown = isFresh || known === undefined ? describe(content.rows[index] as Row) : known.shown;
      rows.set(index, known?.shown === shown ? known : { node: drawRow(index), shown });
    }
    drawn = rows;
    placeRows(
      body,
      [...rows.values()].map(({ node }) => node),
    );
    stretch(before, first * ROW_HEIGHT, content.columns.length);
    stretch(after, (content.rows.length - end) * ROW_HEIGHT, content.columns.length);
    showChosen();
  }

  function describe(row: Row): string {
    const values = content.columns.map(({ id: column, value }) => [column, value(row)]);
    return JSON.stringify([row.key, row.key === content.opened, content.marked.has(row.key), values]);
  }

  function drawRow(index: number): HTMLElement {
    const row = content.rows[index] as Row;
    const isOpen = row.key === content.opened;
    const cells = content.columns.map(({ isNumeric, cell }, column) => {
      const attributes = { class: isNumeric ? 'evom-Number' : undefined };
      if (column > 0) return element('td', attributes, cell(row));
      const mark = content.marked.has(row.key) ? '◆ ' : null;
      return element('th', { ...attributes, scope: 'row' }, mark, cell(row));
    });
    const made = element(
      'tr',
      {
        ...{ id: `${id}-${index}`, class: isOpen ? 'evom-is-open' : undefined },
        ...{ 'aria-rowindex': index + 2, 'aria-selected': String(isOpen) },
      },
      ...cells,
    );
    made.addEventListener('click', () => {
      choose(index);
      openAt(index);
    });
    return made;
  }

  function openAt(index: number): void {
    const row = content.rows[index];
    if (row !== undefined) actions.open(row);
  }

  /** Marks the chosen row among those drawn, for the eye and for a screen reader. */
  function showChosen(): void {
    table.removeAttribute('aria-activedescendant');
    for (const [index, { node }] of drawn) {
      const isChosen = content.rows[index]?.key === chosen;
      node.classList.toggle('evom-is-chosen', isChosen);
      if (isChosen) table.setAttribute('aria-activedescendant', node.id);
    }
  }

  function choose(index: number): void {
    chosen = content.rows[index]?.key ?? null;
    box.scrollTop = scrollToRow(index, ROW_HEIGHT, box.scrollTop, viewHeight());
    drawRows(false);
  }

  box.addEventListener('scroll', () => {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      drawRows(false);
    });
  });

  // Who comes by the keyboard sees where; who clicks has said which row.
  table.addEventListener('focus', () => {
    if (chosen === null && table.matches(':focus-visible')) choose(Math.ceil(box.scrollTop / ROW_HEIGHT));
  });

  table.addEventListener('keydown', (event) => {
    if (event.target !== table) return;
    const last = content.rows.length - 1;
    const at = content.rows.findIndex(({ key }) => key === chosen);
    const page = Math.max(1, Math.floor(viewHeight() / ROW_HEIGHT) - 1);
    const places: Readonly<Record<string, number>> = {
      ...{ ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page },
      ...{ Home: 0, End: last },
    };
    const row = content.rows[at];
    if (Object.hasOwn(places, event.key)) choose(Math.max(0, Math.min(last, places[event.key] as number)));
    else if (event.key === 'Enter') openAt(at);
    else if (event.key === ' ' && row !== undefined) actions.mark(row);
    else return;
    event.preventDefault();
  });

  return {
    node: box,
    show(next) {
      const isSameHead = headOf(next) === headOf(content);
      content = next;
      table.ariaRowCount = String(next.rows.length + 1);
      if (!isSameHead) {
        columnWidths.replaceChildren(
          ...next.columns.map(({ width }) => element('col', { style: `width: ${width}px` })),
        );
        table.style.minWidth = `${next.columns.reduce((sum, { width }) => sum + width, 0)}px`;
        drawHead(head, next.columns, next.sorting, actions.sort);
      }
      drawRows(true);
    },
    resize: () => drawRows(false),
    focus: () => table.focus({ preventScroll: true }),
  };
}

/** What the heading shows: it is drawn anew only when that changes. */
function headOf<Row>({ columns, sorting }: TableContent<Row>): string {
  return JSON.stringify([columns.map(({ id, title }) => [id, title]), sorting]);
}
