import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import { inCell } from '../../../kernel/engine/child/current-cell.ts';
import { LiveDisplay } from '../../../kernel/engine/child/workbench/live-display.ts';
import { isOnDisplay, rememberResult, viewOfResult } from '../../../kernel/engine/child/workbench/shown-results.ts';

interface Told {
  readonly at: number;
  readonly cellId: string;
  readonly event: {
    readonly displayId: string;
    readonly isUpdate: boolean;
    readonly display: { readonly data: unknown };
  };
}

const told = vi.hoisted(() => [] as Told[]);
vi.mock('../../../kernel/engine/child/channel.ts', () => ({
  tell: (message: Omit<Told, 'at'>) => void told.push({ at: performance.now(), ...message }),
}));

beforeEach(() => {
  told.length = 0;
});

/** A display in a cell of its own, of a call that counts. */
function open(id: string) {
  const controller = new AbortController();
  let done = 0;
  const view = {
    reach: () => ({ done, total: 1000 }),
    draw: ({ state, done, error }: { state: string; done: number; error: string | null }) => ({ state, done, error }),
  };
  const cell = { id, signal: controller.signal, payload: [], onEnd: [] };
  const display = inCell(cell, () => new LiveDisplay(view));
  const count = (): void => {
    done++;
    display.touch();
  };
  return { cell, display, count, abort: () => controller.abort(), done: () => done };
}

test('a call that is quick has no display', async () => {
  const { display, count } = open('quick');
  count();
  expect(display.finish(() => ({}))).toBeNull();
  await sleep(350);
  expect(told).toEqual([]);
});

test('at most 15 updates a second, of one display, the last one complete', async () => {
  const { display, count, done } = open('slow');
  const started = performance.now();
  while (performance.now() - started < 1800) {
    count();
    await sleep(1);
  }
  expect(display.finish(() => ({ result: done() }))).toBe('slow');
  count();
  await sleep(100);
  const last = told.pop()!;
  expect(last.event.display.data).toEqual({ result: done() - 1 });
  expect(told[0]!.at - started).toBeGreaterThan(290);
  expect(told[0]!.event.isUpdate).toBe(false);
  expect(told.slice(1).every(({ event }) => event.isUpdate)).toBe(true);
  expect(new Set([last, ...told].map(({ event }) => event.displayId)).size).toBe(1);
  expect(told.length).toBeGreaterThan(5);
  expect(told.length).toBeLessThanOrEqual(1 + 1.5 * 15);
  for (const [index, { at }] of told.slice(1).entries()) expect(at - told[index]!.at).toBeGreaterThan(60);
});

test('an interruption is shown at once, and what comes after it is not', async () => {
  const { display, count, abort } = open('cut');
  await sleep(320);
  count();
  abort();
  await null; // as the cell's end waits too
  expect(told.at(-1)!.event.display.data).toEqual({ state: 'stopped', done: 1, error: null });
  const length = told.length;
  count();
  display.end('failed', 'late');
  expect(display.finish(() => ({}))).toBeNull();
  await sleep(100);
  expect(told).toHaveLength(length);
});

test('a failure is shown with its reason, and a view that fails takes nothing with it', async () => {
  const failed = open('failed');
  const odd = open('odd');
  await sleep(320);
  failed.display.end('failed', 'no solver');
  expect(told.at(-1)!.event.display.data).toEqual({ state: 'failed', done: 0, error: 'no solver' });
  const fail = (): never => {
    throw new RangeError('odd data');
  };
  expect(odd.display.finish(fail)).toBe('odd');
  expect(told.at(-1)!.event.display.data).toEqual({ 'text/plain': expect.stringContaining('RangeError: odd data') });
});

test('what a call shows belongs to its cell, whoever tells of it', async () => {
  const { display } = open('first');
  const other = open('second');
  await sleep(320);
  inCell(other.cell, () => display.touch());
  await sleep(100);
  expect(told.filter(({ cellId }) => cellId === 'first')).toHaveLength(2);
});

test('a result that a cell shows already is not shown there a second time, but whenever it is asked for again', () => {
  const [result, view] = [{}, () => ({})];
  const here = { id: 'here', signal: new AbortController().signal, payload: [], onEnd: [] };
  rememberResult(result, view, 'here');
  inCell({ ...here, id: 'elsewhere' }, () => expect(isOnDisplay(result)).toBe(false));
  inCell(here, () => expect([isOnDisplay(result), isOnDisplay(result)]).toEqual([true, false]));
  expect(viewOfResult(result)).toBe(view);
  expect(viewOfResult({})).toBeNull();
  expect(viewOfResult(1)).toBeNull();
});
