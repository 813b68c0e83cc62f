/** The report: one file with figures, tables, configuration and versions, and nothing to fetch. */

import { escapeText } from '../../escape-text.ts';
import type { Results } from '../results.ts';
import type { Figure } from './svg.ts';
import type { Table } from './table.ts';

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
  figure, .wide { margin: 1rem 0; overflow-x: auto; }
  table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
  th, td { border-bottom: 1px solid #ccc; padding: 0.3rem 0.7rem 0.3rem 0; text-align: left; vertical-align: top; }
  .note, footer { color: #555; font-size: 13px; }
  pre { overflow-x: auto; font-size: 12px; }
  .confirmed { font-weight: 600; color: #00694d; }
  .refuted { font-weight: 600; color: #a84300; }
  @media (prefers-color-scheme: dark) {
    body { color: #ececec; background: #16181c; }
    th, td { border-color: #444; }
    .note, footer { color: #b0b0b0; }
    .confirmed { color: #4fd1ab; }
    .refuted { color: #ff9a5c; }
  }`;

const DIFFERS =
  'Differs from the paper (arXiv 2604.00442) in scale and not in shape: a policy of a few million parameters in place of Qwen2.5-7B, word problems from a seeded generator in place of OR-Instruct-3K and the public benchmarks, and reference programs by the generator in place of a teacher’s. Problems to train on, to stop by and to be judged on share no text; the held-out set has wordings, and one part of it families, that nothing was trained on.';

export function htmlReport({ record }: Results, tables: readonly Table[], figures: readonly Figure[]): string {
  const { title, question, createdAt, versions, policyHash, rules, sets } = record;
  const facts = { policyHash, ...versions };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(`EVOM: ${title}`)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${escapeText(title)}</h1>
<p>${escapeText(question)}</p>
<p class="note">${escapeText(DIFFERS)}</p>
${figures.map(({ svg }) => `<figure>\n${svg}</figure>`).join('\n')}
${tables.map((table) => htmlTable(table)).join('\n')}
<h2>Rules, sets and versions</h2>
${htmlTable(listTable('Rules', 'ε', 'hit', Object.entries(rules)))}
${htmlTable(
  listTable(
    'Sets',
    'set',
    'labels, problems',
    Object.entries(sets).map(([split, { labelSet, problems }]) => [split, `${labelSet}, ${problems}`] as const),
  ),
)}
${htmlTable(listTable('Versions', 'what', 'version', Object.entries(facts)))}
<details><summary>Configuration</summary>
<pre>${escapeText(JSON.stringify(record, null, 1))}</pre>
</details>
<footer>Begun ${escapeText(createdAt)}. Made by <code>evom experiment ${escapeText(record.experiment)}</code>; recomputed from scores.parquet, trainings.json and experiment.json by <code>--report-only</code>.</footer>
</body>
</html>
`;
}

const FINDINGS: ReadonlySet<string> = new Set(['confirmed', 'refuted', 'undecided']);

function htmlTable({ title, note, header, rows }: Table): string {
  const cell = (content: string): string =>
    `<td${FINDINGS.has(content) ? ` class="${content}"` : ''}>${escapeText(content)}</td>`;
  return `<section>
<h2>${escapeText(title)}</h2>
${note === '' ? '' : `<p class="note">${escapeText(note)}</p>`}
<div class="wide"><table>
<thead><tr>${header.map((name) => `<th scope="col">${escapeText(name)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}
</tbody></table></div>
</section>`;
}

function listTable(title: string, key: string, value: string, rows: readonly (readonly [string, string])[]): Table {
  return { title, note: '', header: [key, value], rows };
}
