/**
 * An engine whose cells run in a child process, so that the kernel answers whatever they do.
 *
 * An interrupt is polite first: the cell's promise is given up, and whoever listens to its signal stops. A cell that does
 * not give way is ended in the middle of its script; state survives both. A child that still does not answer (a native
 * call that blocks) is killed with all it started and replaced: that is said, and variables are lost.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '../../src/sibling-module.ts';
import type { FromChild } from './child/channel.ts';
import type { ToChild } from './child/main.ts';
import type { Cell, CellResult, Engine, EngineListener } from './engine.ts';

/** After the polite request, until the script is ended. */
const END_SCRIPT_MS = 400;
/** After the request, until the process is killed. */
const KILL_MS = 5000;

const MAIN = fileURLToPath(siblingModule('./child/main', import.meta.url));
const NODE_FLAGS = [
  '--no-force-async-hooks-checks', // else ending a script that awaits ends the process
  '--experimental-transform-types', // local .ts files with enums
  '--disable-warning=ExperimentalWarning',
];

interface Running {
  readonly cell: Cell;
  readonly result: PromiseWithResolvers<CellResult>;
  isInterrupted: boolean;
}

export function createChildEngine(listener: EngineListener, { folder }: { readonly folder: string }): Engine {
  return new ChildEngine(listener, folder);
}

class ChildEngine implements Engine {
  readonly #listener: EngineListener;
  readonly #folder: string;
  #child: ChildProcess;
  #ready: PromiseWithResolvers<void> = Promise.withResolvers();
  #running: Running | null = null;
  #isClosed = false;

  constructor(listener: EngineListener, folder: string) {
    this.#listener = listener;
    this.#folder = folder;
    this.#child = this.#start();
  }

  async execute(cell: Cell): Promise<CellResult> {
    const running: Running = { cell, result: Promise.withResolvers(), isInterrupted: false };
    this.#running = running;
    await this.#ready.promise;
    this.#tell({ kind: 'execute', cell });
    return running.result.promise;
  }

  interrupt(): void {
    if (this.#running) void this.#interrupt(this.#running);
  }

  async #interrupt(running: Running): Promise<void> {
    await this.#ready.promise; // the cell waits for that too
    running.isInterrupted = true;
    const child = this.#child;
    const isStuck = (): boolean => this.#running === running && this.#child === child;
    if (isStuck()) this.#tell({ kind: 'interrupt' });
    setTimeout(() => isStuck() && (child.stdio[4] as Writable).write('x'), END_SCRIPT_MS);
    setTimeout(() => isStuck() && killGroup(child), KILL_MS);
  }

  receiveComm(event: Parameters<Engine['receiveComm']>[0]): void {
    this.#tell({ kind: 'comm', event });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const gone = once(this.#child, 'exit');
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    killGroup(this.#child);
    await gone;
  }

  #start(): ChildProcess {
    this.#ready = Promise.withResolvers();
    const child = spawn(process.execPath, [...NODE_FLAGS, MAIN], {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'ipc'],
      detached: true, // a process group of its own, so that what it starts can be killed with it
    });
    const [, stdout, stderr, told] = child.stdio as unknown as readonly [null, Readable, Readable, Readable];
    createInterface({ input: told }).on('line', (line) => this.#receive(JSON.parse(line) as FromChild));
    // What native code and programs that inherit the streams write; cells' own output comes on `told`, in order.
    stdout.on('data', (data: Buffer) => this.#print('stdout', data));
    stderr.on('data', (data: Buffer) => this.#print('stderr', data));
    (child.stdio[4] as Writable).on('error', () => {}); // it is gone, and `exit` says so
    child.on('error', () => {});
    child.once('exit', (code, signal) => this.#onExit(child, signal ?? `exit code ${code}`));
    return child;
  }

  #receive(message: FromChild): void {
    const running = this.#running;
    switch (message.kind) {
      case 'ready':
        this.#ready.resolve();
        break;
      case 'event':
        this.#listener.onEvent(message.cellId, message.event);
        break;
      case 'question':
        void this.#ask(message);
        break;
      case 'result':
        if (running?.cell.id !== message.cellId) return;
        this.#running = null;
        running.result.resolve(message.result);
    }
  }

  async #ask({ id, cellId, prompt, isPassword }: Extract<FromChild, { kind: 'question' }>): Promise<void> {
    try {
      const line = await this.#listener.onQuestion(cellId, prompt, isPassword);
      this.#tell({ kind: 'answer', id, line, reason: '' });
    } catch (error) {
      this.#tell({ kind: 'answer', id, line: null, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  #print(name: 'stdout' | 'stderr', data: Buffer): void {
    const event = { kind: 'stream', name, text: data.toString('utf8') } as const;
    this.#listener.onEvent(this.#running?.cell.id ?? '', event);
  }

  /** Another child takes over; whatever ran has ended with the old one, and the front end is told why. */
  #onExit(child: ChildProcess, how: string): void {
    killGroup(child);
    const running = this.#running;
    this.#running = null;
    if (!this.#isClosed) this.#child = this.#start();
    if (running === null) return;
    const why = running.isInterrupted ? 'did not give way to the interrupt' : `ended (${how})`;
    const evalue = `The process that ran the cell ${why} and was replaced. All variables are lost.`;
    const error = { ename: 'EngineReplaced', evalue, traceback: [`\u001b[31mEngineReplaced\u001b[0m: ${evalue}`] };
    running.result.resolve({ status: 'error', error, expressions: {} });
  }

  #tell(message: ToChild): void {
    if (this.#child.connected) this.#child.send(message, () => {}); // where it is gone, `exit` says so
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // nothing of it is left
  }
}
