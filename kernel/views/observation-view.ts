/** One program and what running it showed, as `application/vnd.evom.observation.v1+json`. */

import type { ObservationData, TextData } from '../spec/mime.ts';
import { type Bundle, bundle } from './bundle.ts';
import { folded, type Html, htmlFacts, htmlTable, preformatted, raw } from './text/html.ts';
import { markedHtml, markedWord } from './text/marks.ts';
import { mebibytes, rounded, seconds } from './text/numbers.ts';
import { oneLine, printable } from './text/plain.ts';
import { paragraphs } from './text/progress.ts';

/** Lines of the program and of its output that text shows. */
const LINES = 30;

export function observationView(data: ObservationData): Bundle {
  const html = raw`${headline(data, (word) => markedHtml(word))}${htmlFacts(factsOf(data))}${folds(data)}`;
  const plain = paragraphs(
    headline(data, markedWord),
    factsOf(data)
      .map(([name, value]) => `${name.padEnd(11)}  ${value}`)
      .join('\n'),
    titled('program', programLines(data)),
    titled('solution', solutionLines(data).join('\n')),
    titled(modelTitle(data), data.model === null ? '' : clipped(data.model)),
    titled('output', clipped(data.stdout)),
  );
  return bundle({ 'application/vnd.evom.observation.v1+json': data }, { html: html.html, plain });
}

function headline(data: ObservationData, mark: (word: string) => string): string;
function headline(data: ObservationData, mark: (word: string) => Html): Html;
function headline(data: ObservationData, mark: (word: string) => string | Html): string | Html {
  const marked = mark(data.verdict ?? data.outcome);
  const where = `${data.solver} ${data.solverVersion}`;
  if (typeof marked === 'string') return `${marked} · ${where}`;
  return raw`<p><strong>${marked}</strong> · ${where}</p>`;
}

/** Rows of name and value; what is not known has no row. */
function factsOf(data: ObservationData): readonly (readonly [string, string])[] {
  const { claimed, certified, expected, relativeError, certificate, limits, reward, error, degenerate } = data;
  const of = (used: string, limit: string | undefined): string => (limit === undefined ? used : `${used} of ${limit}`);
  const size = certificate?.size;
  const rows: readonly (readonly [string, string | null | undefined | false])[] = [
    ['problem', data.problem && oneLine(`${data.problem.id}: ${data.problem.text.text}`, 100)],
    ['why', data.detail],
    [
      'error',
      error && `${error.line === null ? '' : `line ${error.line}: `}${error.type}: ${oneLine(error.message.text, 200)}`,
    ],
    ['claimed', claimed && `${solved(claimed)} (${claimed.api}: ${claimed.rawStatus})`],
    ['certified', certified && solved(certified)],
    ['expected', expected === null ? null : typeof expected === 'number' ? rounded(expected, 8) : expected],
    ['relative error', relativeError === null ? null : rounded(relativeError, 3)],
    ['certificate', certificate && `${certificate.kind}: ${certificate.reason}`],
    ['model', size && `${size.variables} variables (${size.integers} integer), ${size.constraints} constraints`],
    ['degenerate', degenerate.join(', ')],
    ['reward', reward && describeReward(reward)],
    ['advantage', data.advantage !== null && rounded(data.advantage, 3)],
    ['time', of(`${seconds(data.cpuMs)} of processor time`, limits ? seconds(limits.cpuMs) : undefined)],
    ['memory', of(mebibytes(data.memoryBytes), limits ? mebibytes(limits.memoryBytes) : undefined)],
    ['isolation', `${data.isolation}${data.cached ? ', from the cache' : ''}`],
  ];
  return rows.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function solved({ status, objective }: { readonly status: string; readonly objective: number | null }): string {
  return objective === null ? status : `${status} ${rounded(objective, 8)}`;
}

function describeReward({ total, parts, masked }: NonNullable<ObservationData['reward']>): string {
  const told = Object.entries(parts).map(([name, value]) => `${name} ${rounded(value, 3)}`);
  return `${rounded(total, 3)}${told.length === 0 ? '' : ` (${told.join(', ')})`}${masked ? ', masked' : ''}`;
}

function folds(data: ObservationData): readonly Html[] {
  const fold = (title: string, content: string): readonly Html[] =>
    content === '' ? [] : [folded(title, preformatted(content))];
  return [
    ...fold('Program', programLines(data, Number.POSITIVE_INFINITY)),
    ...fold('Output', clipped(data.stdout, Number.POSITIVE_INFINITY)),
    ...solutionFold(data),
    ...(data.model === null ? [] : fold(modelTitle(data), clipped(data.model, Number.POSITIVE_INFINITY))),
  ];
}

/** `Model, maximize, LP format`. */
function modelTitle({ model }: ObservationData): string {
  return model === null ? '' : ['Model', model.sense ?? [], `${model.format.toUpperCase()} format`].flat().join(', ');
}

/** Those that are not zero, and how many more there are. */
function solutionRows({ model }: ObservationData): readonly (readonly [string, string])[] {
  return model?.solution?.values.map(({ name, value }) => [oneLine(name), rounded(value, 8)] as const) ?? [];
}

function solutionRest({ model }: ObservationData): string {
  const { values = [], nonzeros = 0 } = model?.solution ?? {};
  return nonzeros > values.length ? `… ${nonzeros - values.length} more that are not zero` : '';
}

function solutionLines(data: ObservationData): readonly string[] {
  const rows = solutionRows(data);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`), solutionRest(data)].filter(Boolean);
}

function solutionFold(data: ObservationData): readonly Html[] {
  const rows = solutionRows(data);
  if (rows.length === 0) return [];
  return [folded('Solution', raw`${htmlTable(['variable', 'value'], rows)}${solutionRest(data)}`)];
}

/** With line numbers, and a mark at the line that failed. */
function programLines({ program, error }: ObservationData, limit: number = LINES): string {
  if (program === null) return '';
  const failed = error?.line ?? null;
  const lines = printable(program.text).split('\n');
  const width = String(lines.length).length;
  const numbered = lines.map(
    (line, index) => `${index + 1 === failed ? '▶' : ' '}${String(index + 1).padStart(width)} │ ${line}`,
  );
  // The failing line is shown wherever it is.
  const start = failed === null || failed <= limit ? 0 : Math.min(failed - Math.ceil(limit / 2), lines.length - limit);
  return window(numbered, start, limit);
}

function clipped({ text, length }: TextData, limit: number = LINES): string {
  if (text.trim() === '') return '';
  const cut = length > text.length ? `\n… ${length - text.length} more characters` : '';
  return `${window(printable(text).trimEnd().split('\n'), 0, limit)}${cut}`;
}

function window(lines: readonly string[], start: number, limit: number): string {
  const shown = lines.slice(start, start + limit);
  const before = start > 0 ? [`… ${start} lines before`] : [];
  const left = lines.length - start - shown.length;
  return [...before, ...shown, ...(left > 0 ? [`… ${left} more lines`] : [])].join('\n');
}

function titled(title: string, content: string): string {
  return content === '' ? '' : `${title}:\n${content}`;
}
