/**
 * The child process in which cells run. Cells come over Node's own channel, what they send goes out on descriptor 3, and a
 * thread listens on descriptor 4 (`watchdog.ts`). It ends when the kernel does.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { siblingModule } from '../../../src/sibling-module.ts';
import { forgetCompiled, keepCompiled } from '../../compiled.ts';
import type { JsonObject } from '../../wire/message.ts';
import { BRIDGE, compileCell } from '../compile-cell.ts';
import type { Cell, CellResult, CommEvent, Display } from '../engine.ts';
import { tell } from './channel.ts';
import { inCell, type RunningCell } from './current-cell.ts';
import { createEvaluator, Interrupted } from './evaluate.ts';
import { display, type Jupyter, jupyter, receiveComm, settleQuestion } from './jupyter.ts';
import { defineLibrary } from './library.ts';
import { shared, tellRunning } from './loading.ts';
import { lowerByTypeScript } from './lower.ts';
import { type CellModules, createCellModules } from './modules.ts';
import { captureOutput, flushOutput } from './output.ts';
import { createPreload } from './preload.ts';
import { show } from './show.ts';
import { createTools } from './tools.ts';
import { CellSources, cellError } from './traceback.ts';
import { listenToPanel } from './workbench/panel.ts';
import { createLazyWorkbench } from './workbench/workbench.ts';

export type ToChild =
  | { readonly kind: 'execute'; readonly cell: Cell }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'answer'; readonly id: number; readonly line: string | null; readonly reason: string }
  | { readonly kind: 'comm'; readonly event: CommEvent };

interface Bridge extends CellModules {
  /** The last expression's value. */
  result: unknown;
  /** What `using` holds at the top of the cell. */
  held: AsyncDisposableStack;
}

const folder = process.cwd();
const bridge: Bridge = { ...createCellModules(folder), result: undefined, held: new AsyncDisposableStack() };
/** What cells have declared, in order. */
const names = new Set<string>();
const globals = {
  [BRIDGE]: bridge,
  require: createRequire(join(folder, 'cell.ts')),
  jupyter: Object.assign(Object.create(jupyter) as Jupyter, createTools(names)),
  display,
  evom: createLazyWorkbench(),
};
for (const [name, value] of Object.entries(globals)) {
  Object.defineProperty(globalThis, name, { value, enumerable: false, configurable: true, writable: true });
}

defineLibrary();
listenToPanel();

const preload = createPreload();
const evaluator = createEvaluator();
const sources = new CellSources();
let interruptCell: (() => void) | null = null;
let count = 0;

keepCompiled();
forgetCompiled();
captureOutput();
new Worker(siblingModule('./watchdog', import.meta.url), { workerData: shared }).unref();
process.on('disconnect', () => process.exit());
process.on('message', receive);
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (thrown: unknown) => {
    process.stderr.write(`${cellError(thrown, '', '', sources).traceback.join('\n')}\n`);
  });
}
tell({ kind: 'ready' });

function receive(message: ToChild): void {
  switch (message.kind) {
    case 'execute':
      // In a turn of its own: ending the script unwinds that turn alone.
      setImmediate(() => void execute(message.cell));
      break;
    case 'interrupt':
      setImmediate(() => interruptCell?.()); // after a cell that has just come
      break;
    case 'answer':
      settleQuestion(message.id, message.line, message.reason);
      break;
    case 'comm':
      receiveComm(message.event);
  }
}

/** How a piece of code ended. */
type Outcome =
  | { readonly kind: 'ran'; readonly shown: Display | null }
  | { readonly kind: 'threw'; readonly thrown: unknown };

async function execute(cell: Cell): Promise<void> {
  const interruption = Promise.withResolvers<Outcome>();
  const controller = new AbortController();
  const payload: JsonObject[] = [];
  const onEnd: (() => void)[] = [];
  interruptCell = () => {
    controller.abort(new Interrupted());
    interruption.resolve({ kind: 'threw', thrown: new Interrupted() });
  };
  const place = { id: cell.id, signal: controller.signal, payload, onEnd };
  const result = await inCell(place, async () => {
    const ended = await resultOf(cell, place, interruption.promise);
    for (const call of onEnd) call();
    return ended;
  });
  tellRunning(0);
  interruptCell = null;
  flushOutput();
  tell({ kind: 'result', cellId: cell.id, result });
}

async function resultOf(
  { name, code, expressions }: Cell,
  { payload, signal }: Pick<RunningCell, 'payload' | 'signal'>,
  interruption: Promise<Outcome>,
): Promise<CellResult> {
  const outcome = await Promise.race([run(name, code, signal), interruption]);
  if (outcome.kind === 'threw') {
    // The watchdog may have ended the script before the kernel's message was read: what the cell called stops all the same.
    if (outcome.thrown instanceof Interrupted) interruptCell?.();
    return { status: 'error', error: cellError(outcome.thrown, name, code, sources), expressions: {} };
  }
  return { status: 'ok', result: outcome.shown, payload, expressions: await valuesOf(name, expressions, signal) };
}

/** Compiles and runs. Whatever goes wrong, in showing the result too, is thrown by the cell. */
async function run(name: string, source: string, signal: AbortSignal): Promise<Outcome> {
  try {
    const compiled = compileCell(source, lowerByTypeScript);
    sources.add(name, source, compiled);
    for (const declared of compiled.names) names.add(declared);
    await preload(compiled.code, signal);
    tellRunning(++count);
    bridge.result = undefined;
    await using held = new AsyncDisposableStack();
    bridge.held = held;
    const threw = await evaluator.evaluate(compiled.code, name);
    if (threw !== null) return { kind: 'threw', ...threw };
    const { result } = bridge;
    bridge.result = undefined;
    return { kind: 'ran', shown: await show(result) };
  } catch (thrown) {
    return { kind: 'threw', thrown };
  }
}

async function valuesOf(
  cell: string,
  expressions: Cell['expressions'],
  signal: AbortSignal,
): Promise<Record<string, JsonObject>> {
  const values: Record<string, JsonObject> = {};
  for (const [name, code] of Object.entries(expressions)) {
    const outcome = await run(`${cell} ${name}`, code, signal);
    values[name] =
      outcome.kind === 'ran'
        ? { status: 'ok', data: {}, metadata: {}, ...outcome.shown }
        : { status: 'error', ...cellError(outcome.thrown, cell, code, sources) };
  }
  return values;
}
