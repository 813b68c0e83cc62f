import { type Child, element } from '../dom.ts';

export interface ShortColumn {
  /** Null: an empty corner. */
  readonly title: Child;
  readonly isNumeric?: boolean;
  /** Its texts may take several lines. */
  readonly isWide?: boolean;
}

/** A table whose rows are all elements; the first cell of a row names it. */
export function shortTable(
  caption: HTMLElement,
  columns: readonly ShortColumn[],
  rows: readonly (readonly Child[])[],
): HTMLElement {
  const heads = columns.map(({ title, isNumeric }) =>
    title === null ? element('td') : element('th', { scope: 'col', class: isNumeric && 'evom-Number' }, title),
  );
  const body = rows.map((cells) =>
    element(
      'tr',
      ...cells.map((cell, index) => {
        if (index === 0) return element('th', { scope: 'row' }, cell);
        const { isNumeric, isWide } = columns[index] as ShortColumn;
        return element('td', { class: isNumeric ? 'evom-Number' : isWide && 'evom-Wide', dir: 'auto' }, cell);
      }),
    ),
  );
  return element('table.Table', caption, element('thead', element('tr', ...heads)), element('tbody', ...body));
}

/** Where the text around it says to the eye what the table is. */
export function hiddenCaption(text: string): HTMLElement {
  return element('caption.Hidden', text);
}
