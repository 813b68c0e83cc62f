/** A notebook panel by its shape, as `@jupyterlab/notebook` is not among what this extension is built with. */

import type { Toolbar } from '@jupyterlab/ui-components';
import type { ISignal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import { choice, choiceLine, withChoice } from './magic-lines.ts';

export interface SharedCell {
  getSource(): string;
  setSource(source: string): void;
}

export interface Notebook extends Widget {
  readonly toolbar: Toolbar;
  readonly content: {
    readonly activeCell: { readonly model: { readonly type: string; readonly sharedModel: SharedCell } } | null;
    activeCellIndex: number;
    readonly activeCellChanged: ISignal<unknown, unknown>;
  };
  readonly model: {
    readonly sharedModel: {
      readonly cells: readonly (SharedCell & { readonly cell_type: string })[];
      insertCell(index: number, cell: { readonly cell_type: 'code'; readonly source: string }): unknown;
    };
  } | null;
}

/**
 * Writes `%magic name`: into the nearest such line at or above the active cell, else into a new cell above it, which is the
 * active one then. It is not run: that is the person's.
 */
export function writeChoice({ content, model }: Notebook, magic: 'problems' | 'policy', name: string): void {
  if (model === null) return;
  const { sharedModel } = model;
  const active = Math.max(0, content.activeCellIndex);
  for (let index = active; index >= 0; index -= 1) {
    const cell = sharedModel.cells[index];
    if (cell === undefined || cell.cell_type !== 'code' || choiceLine(cell.getSource(), magic) === null) continue;
    cell.setSource(withChoice(cell.getSource(), magic, name) ?? cell.getSource());
    content.activeCellIndex = index;
    return;
  }
  sharedModel.insertCell(active, { cell_type: 'code', source: choice(magic, name) });
  content.activeCellIndex = active;
}
