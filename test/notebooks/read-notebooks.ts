/** The walkthroughs as they are saved. */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/package-root.ts';

export const NOTEBOOKS: string = join(PACKAGE_ROOT, 'notebooks');

export interface SavedOutput {
  readonly output_type: string;
  readonly name?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface SavedCell {
  readonly cell_type: 'markdown' | 'code';
  readonly id: string;
  readonly source: string;
  readonly outputs: readonly SavedOutput[];
}

export interface SavedNotebook {
  readonly name: string;
  /** The whole file. */
  readonly text: string;
  readonly kernel: string;
  readonly cells: readonly SavedCell[];
  /** All its Markdown cells. */
  readonly prose: string;
}

interface RawCell extends Omit<SavedCell, 'source'> {
  readonly source: string | readonly string[];
}

export function readNotebooks(): readonly SavedNotebook[] {
  const files = readdirSync(NOTEBOOKS).filter((file) => file.endsWith('.ipynb'));
  return files.sort().map((file) => {
    const text = readFileSync(join(NOTEBOOKS, file), 'utf8');
    const { cells: raw, metadata } = JSON.parse(text) as {
      readonly cells: readonly RawCell[];
      readonly metadata: { readonly kernelspec: { readonly name: string } };
    };
    const cells = raw.map((cell) => ({ ...cell, source: [cell.source].flat().join(''), outputs: cell.outputs ?? [] }));
    const prose = cells.filter(({ cell_type }) => cell_type === 'markdown').map(({ source }) => source);
    return { name: basename(file, '.ipynb'), text, kernel: metadata.kernelspec.name, cells, prose: prose.join('\n\n') };
  });
}
