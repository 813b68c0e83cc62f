import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Results } from '../results.ts';
import { forgettingFigure, learningFigure } from './curve-figures.ts';
import { htmlReport } from './html.ts';
import { matrixFigure } from './matrix-figure.ts';
import { pngOf } from './png.ts';
import type { Table } from './table.ts';
import { tablesOf } from './tables.ts';

export interface Report {
  readonly tables: readonly Table[];
  /** Paths of what was written. */
  readonly files: readonly string[];
}

/**
 * Writes `report.html` and the figures beside the results. The same results give the same files, byte for byte; the PNGs
 * do so where the same fonts are installed.
 */
export async function writeReport(folder: string, results: Results): Promise<Report> {
  const tables = tablesOf(results);
  const figures = [matrixFigure(results), forgettingFigure(results), learningFigure(results)].filter(
    (figure) => figure !== null,
  );
  const files = [
    { path: join(folder, 'report.html'), content: htmlReport(results, tables, figures) },
    ...figures.flatMap(({ name, svg }) => [
      { path: join(folder, `${name}.svg`), content: svg },
      { path: join(folder, `${name}.png`), content: pngOf(svg) },
    ]),
  ];
  for (const { path, content } of files) await writeFile(path, content);
  return { tables, files: files.map(({ path }) => path) };
}
