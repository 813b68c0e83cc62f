/** Buttons that take a table away: as a CSV file, or on the clipboard. */

import { button, element } from '../dom.ts';
import { type CellValue, toCsv, toTabs } from '../text/separated-values.ts';

export interface PlainTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly CellValue[])[];
}

/** `read` is called when a button is pressed: what is shown then is what is taken. */
export function tableButtons(fileName: string, read: () => PlainTable): readonly HTMLButtonElement[] {
  const copy = copyButton('Copy table', () => toTabs(read().header, read().rows));
  const download = button('Download CSV', () => {
    const csv = toCsv(read().header, read().rows);
    downloadBlob(`${fileName}.csv`, new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  });
  return [copy, download];
}

/** Says whether it has worked: without HTTPS browsers have no clipboard. */
export function copyButton(label: string, read: () => string): HTMLButtonElement {
  const made = button(label, () => {
    const written = navigator.clipboard?.writeText(read()) ?? Promise.reject(new Error('no clipboard'));
    void written.then(
      () => tell('Copied'),
      () => tell('This page may not copy'),
    );
  });
  const tell = (text: string): void => {
    made.textContent = text;
    setTimeout(() => {
      made.textContent = label;
    }, 2000);
  };
  return made;
}

export function downloadBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  element('a', { href: url, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
