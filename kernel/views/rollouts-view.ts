/** Completions, observations or rollouts in a table, as `application/vnd.evom.rollouts.v1+json`. */

import { renderTable } from '../../src/text-table.ts';
import type { ProblemData, RolloutData, RolloutsData } from '../spec/mime.ts';
import { type Bundle, bundle } from './bundle.ts';
import { partOf } from './data/values.ts';
import { type Content, folded, type Html, htmlTable, preformatted, raw } from './text/html.ts';
import { markedHtml, markedWord, sortedCounts } from './text/marks.ts';
import { rounded, seconds } from './text/numbers.ts';
import { oneLine, printable } from './text/plain.ts';
import { paragraphs, progressHtml, progressLine } from './text/progress.ts';

/** Rows of the table in HTML and in text. */
const HTML_ROWS = 40;
const PLAIN_ROWS = 20;
/** Rows whose completion can be unfolded, and what is shown of each while it is written. */
const OPENED_ROWS = 3;
const STREAMED_LINES = 6;

export function rolloutsView(data: RolloutsData): Bundle {
  return bundle(
    { 'application/vnd.evom.rollouts.v1+json': data },
    { html: rolloutsHtml(data), plain: rolloutsPlain(data) },
  );
}

export function rolloutsPlain(data: RolloutsData): string {
  const columns = columnsOf(data);
  const rows = data.rows.slice(0, PLAIN_ROWS).map((row) => columns.map(({ text }) => text(row, data.problems)));
  const header = columns.map(({ name }) => name);
  return paragraphs(
    progressLine(data.progress, unitOf(data)),
    countLines(data),
    rows.length === 0 ? '' : renderTable([header, ...rows]),
    restOf(data, rows.length),
    ...streamed(data),
  );
}

function rolloutsHtml(data: RolloutsData): string {
  const columns = columnsOf(data);
  const rows = data.rows
    .slice(0, HTML_ROWS)
    .map((row) => columns.map(({ text, html }): Content => html?.(row) ?? text(row, data.problems)));
  const header = columns.map(({ name }) => name);
  const rest = restOf(data, rows.length);
  return raw`${progressHtml(data.progress, unitOf(data))}${countsHtml(data)}${rows.length === 0 ? '' : htmlTable(header, rows)}${rest === '' ? '' : raw`<p>${rest}</p>`}${opened(data)}`
    .html;
}

interface Column {
  readonly name: string;
  readonly text: (row: RolloutData, problems: readonly ProblemData[]) => string;
  readonly html?: (row: RolloutData) => Html;
}

const nameOf = ({ problem, sample, observation }: RolloutData, problems: readonly ProblemData[]): string => {
  const id = problem === null ? undefined : problems[problem]?.id;
  if (id === undefined) return oneLine(observation?.id ?? '', 32);
  return sample === null ? oneLine(id, 32) : `${oneLine(id, 28)}/${sample}`;
};

/** What is known of no row has no column. */
function columnsOf({ rows, stage }: RolloutsData): readonly Column[] {
  const parts = [...new Set(rows.flatMap(({ reward }) => Object.keys(reward?.parts ?? {})))];
  const isRun = rows.some(({ step }) => step !== null);
  const isWritten = rows.some(({ completion }) => completion !== null);
  const isJudged = stage !== 'generated';
  const word = ({ observation }: RolloutData): string => observation?.verdict ?? observation?.outcome ?? 'written';
  return [
    ...(isRun ? [{ name: 'step', text: ({ step }: RolloutData) => rounded(step) }] : []),
    { name: 'rollout', text: nameOf },
    { name: 'solver', text: ({ solver }) => solver },
    ...(isJudged
      ? [
          {
            name: stage === 'rewarded' ? 'verdict' : 'outcome',
            text: (row: RolloutData) => markedWord(word(row)),
            html: (row: RolloutData) => markedHtml(word(row)),
          },
          { name: 'objective', text: ({ observation }: RolloutData) => rounded(observation?.objective ?? null, 6) },
          { name: 'error', text: ({ observation }: RolloutData) => rounded(observation?.relativeError ?? null, 2) },
        ]
      : []),
    ...(stage === 'rewarded'
      ? [
          {
            name: 'reward',
            text: ({ reward }: RolloutData) => (reward?.masked ? 'masked' : rounded(reward?.total ?? null, 3)),
          },
          ...parts.map((part) => ({
            name: oneLine(part, 16),
            text: ({ reward }: RolloutData) => rounded(partOf(reward?.parts ?? {}, part), 3),
          })),
          { name: 'advantage', text: ({ advantage }: RolloutData) => rounded(advantage, 3) },
        ]
      : []),
    ...(isWritten
      ? [
          {
            name: 'tokens',
            text: ({ completion }: RolloutData) =>
              `${rounded(completion?.tokens ?? null)}${completion?.truncated ? ' cut' : ''}`,
          },
        ]
      : []),
    ...(isJudged
      ? [
          {
            name: 'time',
            text: ({ observation }: RolloutData) => (observation ? seconds(observation.durationMs) : '–'),
          },
          { name: 'why', text: ({ observation }: RolloutData) => oneLine(observation?.detail ?? '', 48) },
        ]
      : []),
  ];
}

function unitOf({ stage, progress }: RolloutsData): string {
  return stage === 'generated' && progress.state !== 'done' ? 'completions' : 'programs';
}

/** A line for each solver: how many, and of what. */
function countLines({ counts }: RolloutsData): string {
  return Object.entries(counts)
    .map(([solver, own]) => {
      const told = sortedCounts(own).map(([word, count]) => `${count} ${markedWord(word)}`);
      return `${solver}: ${told.join(', ')}`;
    })
    .join('\n');
}

function countsHtml({ counts }: RolloutsData): readonly Html[] {
  return Object.entries(counts).map(([solver, own]) => {
    const told = sortedCounts(own).map(
      ([word, count], index) => raw`${index === 0 ? '' : ', '}${String(count)} ${markedHtml(word)}`,
    );
    return raw`<p>${solver}: ${told}</p>`;
  });
}

function restOf({ rows, total, rule }: RolloutsData, shown: number): string {
  const more = total > shown && rows.length > 0 ? `${total - shown} more rollouts.` : '';
  const judged = rule === null ? '' : `Verdicts by rule ${rule.name} at ε ${rule.epsilon}.`;
  return [more, judged].filter((text) => text !== '').join(' ');
}

/** The first texts, which are seen as they are written. */
function streamed({ progress, rows }: RolloutsData): readonly string[] {
  if (progress.state !== 'running') return [];
  return rows
    .filter(({ completion }) => completion?.tokens === null)
    .slice(0, OPENED_ROWS)
    .map(({ completion }) =>
      printable(completion?.text.text ?? '')
        .trimEnd()
        .split('\n')
        .slice(-STREAMED_LINES)
        .join('\n'),
    );
}

function opened(data: RolloutsData): readonly Html[] {
  const streaming = streamed(data);
  if (streaming.length > 0) return streaming.map(preformatted);
  if (data.progress.state === 'running') return [];
  return data.rows
    .slice(0, OPENED_ROWS)
    .flatMap((row) =>
      row.completion === null
        ? []
        : [folded(nameOf(row, data.problems), preformatted(printable(row.completion.text.text)))],
    );
}
