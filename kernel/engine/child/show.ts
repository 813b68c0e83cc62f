/**
 * A value as a MIME bundle: what a cell's last expression, or `display`, shows. A value may know how it wants to look:
 * `[Symbol.for('Jupyter.display')]()` gives the bundle, `toHTML()` a text of HTML; EVOM's own data have views. Pure but for
 * what those do.
 */

import { inspect } from 'node:util';
import { escapeText } from '../../../src/escape-text.ts';
import { viewByShape } from '../../views/recognise.ts';
import type { Json, JsonObject } from '../../wire/message.ts';
import type { Display } from '../engine.ts';
import { isOnDisplay, viewOfResult } from './workbench/shown-results.ts';

const DISPLAY = Symbol.for('Jupyter.display');
/** Rows and columns of a table; more are counted, not shown. */
const ROWS = 100;
const COLUMNS = 30;
const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8, 0xff];

/** What a cell shows of a value: nothing of `undefined`, nor of a result that it shows already. */
export async function show(value: unknown): Promise<Display | null> {
  const settled = await value;
  return isOnDisplay(settled) ? null : displayOf(settled);
}

/** Null for `undefined`. */
export async function displayOf(value: unknown): Promise<Display | null> {
  const settled = await value;
  if (settled === undefined) return null;
  const own = (await ownDisplay(settled)) ?? viewOfResult(settled)?.() ?? (await viewByShape(settled));
  if (own) return { data: own, metadata: {} };
  return { data: { ...pictured(settled), 'text/plain': plain(settled) }, metadata: {} };
}

/** The value as text. */
function plain(value: unknown): string {
  return inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 });
}

async function ownDisplay(value: unknown): Promise<JsonObject | null> {
  const method = (value as Record<symbol, unknown> | null)?.[DISPLAY];
  if (typeof method !== 'function') return null;
  const bundle: unknown = await method.call(value);
  return typeof bundle === 'object' && bundle !== null ? (bundle as JsonObject) : null;
}

function pictured(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null) return {};
  if (value instanceof Uint8Array) return image(value);
  const { toHTML, outerHTML, $schema } = value as {
    readonly toHTML?: unknown;
    readonly outerHTML?: unknown;
    readonly $schema?: unknown;
  };
  if (typeof toHTML === 'function') return { 'text/html': String(toHTML.call(value)) };
  // Elements of a page, such as Observable Plot makes with a document of jsdom or linkedom.
  if (typeof outerHTML === 'string') return { 'text/html': outerHTML };
  const vega = typeof $schema === 'string' ? /schema\/(vega|vega-lite)\/v(\d+)/.exec($schema) : null;
  if (vega) return { [`application/vnd.${vega[1] === 'vega' ? 'vega' : 'vegalite'}.v${vega[2]}+json`]: value as Json };
  return isTable(value) ? { 'text/html': table(value) } : {};
}

function image(bytes: Uint8Array): JsonObject {
  const starts = (mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte);
  const data = (): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  if (starts(PNG)) return { 'image/png': data() };
  if (starts(JPEG)) return { 'image/jpeg': data() };
  return {};
}

/** Records: plain objects that share their keys, more or less. */
function isTable(value: object): value is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord) && columnsOf(value).length > 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function columnsOf(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return [...new Set(rows.slice(0, ROWS).flatMap((row) => Object.keys(row)))].slice(0, COLUMNS);
}

function table(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = columnsOf(rows);
  const head = columns
    .map((column) => `<th scope="col"${sideOf(rows[0]?.[column])}>${escapeText(column)}</th>`)
    .join('');
  const body = rows.slice(0, ROWS).map((row) => `<tr>${columns.map((column) => cell(row[column])).join('')}</tr>`);
  const rest = rows.length > ROWS ? `<p>${rows.length - ROWS} more rows</p>` : '';
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>${rest}`;
}

function cell(value: unknown): string {
  if (value === undefined) return '<td></td>';
  const text = typeof value === 'string' ? value : inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
  return `<td${sideOf(value)}>${escapeText(text)}</td>`;
}

/** Said of words too, as front ends have all cells to the right. */
function sideOf(value: unknown): string {
  return ` style="text-align:${typeof value === 'number' || typeof value === 'bigint' ? 'right' : 'left'}"`;
}
