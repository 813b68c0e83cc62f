/** Interrupts cells of one kind in a kernel again and again, and looks at what is left each time. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type StartedKernel, startKernel } from '../start-kernel.ts';
import type { InterruptKind } from './kinds.ts';
import { isAlive, type ProcessRow, processesBelow } from './processes.ts';

export interface Interruption {
  /** From the interrupt's sending to the cell's reply. */
  readonly ms: number;
  readonly ended: string;
  /** Whether an earlier variable has its value. */
  readonly isKept: boolean;
  /** What the cell started and what runs still, {@link SETTLE_MS} later. Solvers' own processes stay, warm, for the next cell. */
  readonly left: readonly string[];
}

export interface Repeated {
  readonly interruptions: readonly Interruption[];
  /** Of all that was ever seen below the kernel, what is there after its end. */
  readonly orphans: readonly string[];
}

const SETTLE_MS = 1500;
/** Cells that come sooner after one that failed are aborted with it. */
const ABORTED_MS = 50;
/** An interrupt that never returns is told as such. */
const GIVE_UP_MS = 30_000;

export async function repeatInterrupt(folder: string, kind: InterruptKind, repeats: number): Promise<Repeated> {
  const kernel = await startKernel(folder);
  const seen = new Map<string, ProcessRow>();
  const look = (): readonly ProcessRow[] => {
    const rows = processesBelow(kernel.pid);
    for (const row of rows) seen.set(`${row.pid} ${row.started}`, row);
    return rows;
  };
  const interruptions: Interruption[] = [];
  try {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const last = interruptions.at(-1);
      if (last === undefined || !last.isKept) for (const code of kind.setUp) await mustRun(kernel, code);
      const [from, to] = kind.after;
      const after = from + (repeats === 1 ? 0 : ((to - from) * repeat) / (repeats - 1));
      interruptions.push(await interruptOnce(kernel, kind, { after, value: repeat, look }));
    }
  } finally {
    process.kill(kernel.pid);
    await kernel.exit;
    kernel.peer.close();
  }
  await sleep(SETTLE_MS);
  return { interruptions, orphans: [...seen.values()].filter(isAlive).map(({ command }) => command) };
}

async function interruptOnce(
  kernel: StartedKernel,
  { cell, after }: InterruptKind,
  repeat: { readonly after: number; readonly value: number; readonly look: () => readonly ProcessRow[] },
): Promise<Interruption> {
  const { peer } = kernel;
  await mustRun(kernel, `var stays = ${repeat.value}`);
  const before = new Set(repeat.look().map(({ pid }) => pid));
  const id = await peer.send('execute_request', { code: cell });
  await peer.until(
    ({ parent, header, content }) =>
      parent?.msg_id === id &&
      (cell.includes('begun')
        ? String(content['text']).includes('begun')
        : header.msg_type === 'execute_input' && after.length > 0),
  );
  await sleep(repeat.after);
  const rows = repeat.look();
  const started = rows.filter((row) => !before.has(row.pid) && !isSolver(row, rows));
  const sentAt = performance.now();
  await peer.send('interrupt_request', {}, 'control');
  const reply = await Promise.race([
    peer.until(({ parent, header }) => parent?.msg_id === id && header.msg_type === 'execute_reply'),
    sleep(GIVE_UP_MS, null),
  ]);
  const ms = performance.now() - sentAt;
  await sleep(ABORTED_MS);
  if (reply === null) throw new Error(`An interrupted cell did not return within ${GIVE_UP_MS} ms: ${cell}`);
  const isKept = (await resultOf(kernel, 'typeof stays === "number" ? stays : null')) === String(repeat.value);
  const left = await waitUntilGone(started);
  const { content } = reply;
  return { ms, ended: String(content['ename'] ?? content['status']), isKept, left };
}

/** A solver's own process; what it forks from itself are programs. */
function isSolver({ command, parent }: ProcessRow, rows: readonly ProcessRow[]): boolean {
  return SOLVER.test(command) && !rows.some(({ pid, command: above }) => pid === parent && SOLVER.test(above));
}

const SOLVER = /zygote\.py/;

async function waitUntilGone(started: readonly ProcessRow[]): Promise<readonly string[]> {
  const until = performance.now() + SETTLE_MS;
  const there = (): readonly ProcessRow[] => started.filter(isAlive);
  while (there().length > 0 && performance.now() < until) await sleep(50);
  return there().map(({ command }) => command);
}

async function mustRun(kernel: StartedKernel, code: string): Promise<void> {
  const { reply } = await kernel.peer.request('execute_request', { code });
  if (reply.content['status'] !== 'ok') throw new Error(`${code}: ${JSON.stringify(reply.content)}`);
}

async function resultOf({ peer }: StartedKernel, code: string): Promise<unknown> {
  const { published } = await peer.request('execute_request', { code });
  const shown = published.find(({ header }) => header.msg_type === 'execute_result')?.content['data'];
  return (shown as { readonly 'text/plain'?: string } | undefined)?.['text/plain'];
}
