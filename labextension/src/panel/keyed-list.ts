/** A list whose items keep their nodes while their data change, so that a button is the same one when it is let go. */

import { element } from '../dom.ts';

export interface Row<Item> {
  readonly node: HTMLLIElement;
  show(item: Item): void;
}

export interface KeyedList<Item> {
  readonly node: HTMLElement;
  show(items: readonly Item[]): void;
}

/** `empty`: what is said where there are none. */
export function createKeyedList<Item>(
  empty: string,
  keyOf: (item: Item) => string,
  createRow: (key: string) => Row<Item>,
): KeyedList<Item> {
  const list = element('ul', { class: 'evom-Panel-list' });
  const nothing = element('p', { class: 'evom-Quiet' }, empty);
  const rows = new Map<string, Row<Item>>();
  let order = '';
  return {
    node: element('div', {}, nothing, list),
    show(items) {
      nothing.hidden = items.length > 0;
      list.hidden = items.length === 0;
      const keys = items.map(keyOf);
      for (const [index, item] of items.entries()) {
        const key = keys[index] as string;
        const row = rows.get(key) ?? createRow(key);
        rows.set(key, row);
        row.show(item);
      }
      for (const key of [...rows.keys()]) if (!keys.includes(key)) rows.delete(key);
      const next = JSON.stringify(keys);
      if (next !== order) list.replaceChildren(...keys.map((key) => (rows.get(key) as Row<Item>).node));
      order = next;
    },
  };
}
