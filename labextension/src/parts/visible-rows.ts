/** Which rows of a long table are to be drawn: those in sight and some around them, all of one height. */

export interface RowWindow {
  readonly first: number;
  /** After the last one. */
  readonly end: number;
}

/** Rows drawn beyond what is in sight, on each side. */
const AROUND = 4;

export function visibleRows(count: number, rowHeight: number, scrollTop: number, viewHeight: number): RowWindow {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight) - AROUND;
  const end = Math.ceil((Math.max(0, scrollTop) + viewHeight) / rowHeight) + AROUND;
  return { first: Math.max(0, Math.min(first, count)), end: Math.max(0, Math.min(end, count)) };
}

/** How far to scroll so that the row is in sight, no farther than needed. */
export function scrollToRow(index: number, rowHeight: number, scrollTop: number, viewHeight: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - viewHeight);
}
