/** HTML without scripts and style sheets, which GitHub and nbconvert take away. Whatever is not {@link Html} is escaped. */

import { escapeText } from '../../../src/escape-text.ts';
import { isNumeric } from './numbers.ts';

export interface Html {
  readonly html: string;
}

export type Content = string | Html;

/** A template whose text stands as it is, and whose values are escaped but for those that are HTML. */
export function raw(texts: TemplateStringsArray, ...values: readonly (Content | readonly Content[])[]): Html {
  const parts = texts.map((text, index) =>
    index === 0 ? text : `${[values[index - 1] ?? ''].flat().map(htmlOf).join('')}${text}`,
  );
  return { html: parts.join('') };
}

/** Columns of numbers are right-aligned. */
export function htmlTable(header: readonly string[], rows: readonly (readonly Content[])[]): Html {
  const sides = header.map((_, column) =>
    rows.length > 0 && rows.every((row) => typeof row[column] === 'string' && isNumeric(row[column]))
      ? 'right'
      : 'left',
  );
  const head = header.map(
    (name, column) => raw`<th scope="col" style="text-align:${sides[column] ?? ''}">${name}</th>`,
  );
  const body = rows.map(
    (row) =>
      raw`<tr>${row.map((content, column) => raw`<td style="text-align:${sides[column] ?? ''}">${content}</td>`)}</tr>`,
  );
  return raw`<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/** Rows of name and value. */
export function htmlFacts(facts: readonly (readonly [string, Content])[]): Html {
  const rows = facts.map(
    ([name, value]) =>
      raw`<tr><th scope="row" style="text-align:left">${name}</th><td style="text-align:left">${value}</td></tr>`,
  );
  return raw`<table><tbody>${rows}</tbody></table>`;
}

/** Folded where the front end can. */
export function folded(summary: Content, content: Content): Html {
  return raw`<details><summary>${summary}</summary>${content}</details>`;
}

/** Text in its lines. */
export function preformatted(text: string): Html {
  return raw`<pre style="overflow-x:auto;text-align:left">${text}</pre>`;
}

function htmlOf(content: Content): string {
  return typeof content === 'string' ? escapeText(content) : content.html;
}
