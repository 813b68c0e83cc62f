/** Notebooks for the browser, made by hand. */

import { writeFileSync } from 'node:fs';
import { KERNEL } from './lab-server.ts';

/** A cell for each bundle, as if it had been run. */
export function writeOutputs(path: string, bundles: readonly Readonly<Record<string, unknown>>[]): void {
  write(
    path,
    bundles.map((data) => ({ source: '', outputs: [{ output_type: 'display_data', metadata: {}, data }] })),
  );
}

/** A cell for each source, none of them run. */
export function writeSources(path: string, sources: readonly string[]): void {
  write(
    path,
    sources.map((source) => ({ source, outputs: [] })),
  );
}

function write(
  path: string,
  cells: readonly { readonly source: string; readonly outputs: readonly unknown[] }[],
): void {
  const notebook = {
    cells: cells.map((cell, index) => ({
      ...cell,
      cell_type: 'code',
      id: `cell-${index}`,
      metadata: {},
      execution_count: null,
    })),
    metadata: { kernelspec: { name: KERNEL, display_name: 'TypeScript (EVOM)', language: 'typescript' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(path, JSON.stringify(notebook));
}
