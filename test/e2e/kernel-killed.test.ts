/** A kernel that is restarted, or loses its engine or its life while it trains: nothing is left running, and nothing is lost. */

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { installKernel } from '../../kernel/install.ts';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { findPython } from '../../src/python-environment.ts';
import { leftovers, testFolder } from './cli.ts';
import { markOf, processesOf, type StartedKernel, startKernel } from './start-kernel.ts';
import { stepsOf } from './steps.ts';

const STEPS = 4;
const CELLS = [
  '%problems tiny:1:16',
  '%policy tiny',
  `%train --solver highs --steps ${STEPS} --run r --n 4 --problems-per-step 4 --max-tokens 160`,
  '[training.stored, training.steps.length]',
];
const root = testFolder();
let undisturbed: unknown;

function folderFor(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}

/** The reply to the last cell, and its value. */
async function runAll(
  { peer }: StartedKernel,
  cells: readonly string[],
): Promise<{ readonly status: unknown; readonly value: unknown }> {
  let status: unknown;
  let value: unknown;
  for (const code of cells) {
    const { reply, published } = await peer.request('execute_request', { code });
    status = reply.content['status'] === 'error' ? reply.content['ename'] : reply.content['status'];
    const shown = published.find(({ header }) => header.msg_type === 'execute_result')?.content['data'];
    value = (shown as { readonly 'text/plain'?: string } | undefined)?.['text/plain'];
  }
  return { status, value };
}

async function shutDown({ peer, exit }: StartedKernel): Promise<void> {
  await peer.request('shutdown_request', { restart: false }, 'control');
  await exit;
  peer.close();
}

const runFolder = (folder: string): string => join(folder, 'runs', 'r');

/** Files of steps that are there, with what changes when one is written again. */
function stepFiles(folder: string): Readonly<Record<string, string>> {
  const run = runFolder(folder);
  const names = existsSync(run) ? readdirSync(run).filter((name) => /^step-\d+\.parquet$/.test(name)) : [];
  return Object.fromEntries(
    names.map((name) => {
      const { ino, mtimeMs } = statSync(join(run, name));
      return [name, `${ino} ${mtimeMs}`];
    }),
  );
}

/** Starts the training, waits until two steps are stored, and kills. What the engine was, and the files of before. */
async function killWhileTraining(kernel: StartedKernel, folder: string, who: 'kernel' | 'engine') {
  const engine = Number((await runAll(kernel, [...CELLS.slice(0, 2), 'process.pid'])).value);
  const training = runAll(kernel, [CELLS[2] as string]);
  await expect.poll(() => Object.keys(stepFiles(folder)).length, { timeout: 60_000, interval: 20 }).toBeGreaterThan(1);
  expect(solverProcesses(engine)).not.toEqual([]);
  process.kill(who === 'engine' ? engine : kernel.pid, 'SIGKILL');
  const before = stepFiles(folder);
  expect(Object.keys(before).length).toBeLessThan(STEPS);
  return { engine, training, before };
}

/** Which processes that came of an engine are there, by their environment and by their solvers' scratch folders. */
const solverProcesses = (engine: number): readonly string[] => leftovers(engine).filter((name) => /^\d+$/.test(name));

async function expectResumed(kernel: StartedKernel, folder: string, before: Readonly<Record<string, string>>) {
  const count = Object.keys(before).length;
  expect(await stepsOf(runFolder(folder))).toHaveLength(count); // every file can be read
  expect(await runAll(kernel, CELLS)).toEqual({ status: 'ok', value: `[ ${count}, ${STEPS} ]` });
  expect(stepFiles(folder)).toMatchObject(before);
  expect(await stepsOf(runFolder(folder))).toEqual(undisturbed);
}

beforeAll(async () => {
  const folder = folderFor('undisturbed');
  const kernel = await startKernel(folder);
  expect(await runAll(kernel, CELLS)).toEqual({ status: 'ok', value: `[ 0, ${STEPS} ]` });
  await shutDown(kernel);
  undisturbed = await stepsOf(runFolder(folder));
}, 90_000);

test('restarted by Jupyter, idle or in a loop, it begins anew and leaves no process', async () => {
  const folder = folderFor('restarted');
  installKernel({ name: 'evom', place: { kind: 'prefix', folder } });
  const script = join(PACKAGE_ROOT, 'test/kernel/conformance/restart.py');
  const { stdout } = await promisify(execFile)(findPython(), [script, 'evom'], {
    cwd: folder,
    env: { ...process.env, ...markOf(folder), JUPYTER_PATH: join(folder, 'share', 'jupyter') },
    timeout: 80_000,
  });
  const lives = JSON.parse(stdout) as readonly { kept: string; count: number; processes: readonly number[] }[];
  expect(lives.map(({ kept, count }) => [kept, count])).toEqual([
    ['number', 2],
    ['undefined', 1],
    ['undefined', 1],
  ]);
  expect(new Set(lives.flatMap(({ processes }) => processes)).size).toBe(6);
  await expect.poll(() => processesOf(folder), { timeout: 5000 }).toEqual([]);
}, 90_000);

test('an engine killed while it trains is replaced: the cell says so, and the same cells go on with the run', async () => {
  const folder = folderFor('engine');
  const kernel = await startKernel(folder);
  const { engine, training, before } = await killWhileTraining(kernel, folder, 'engine');
  expect((await training).status).toBe('EngineReplaced');
  await expect.poll(() => solverProcesses(engine), { timeout: 5000 }).toEqual([]);
  await expectResumed(kernel, folder, before);
  await shutDown(kernel);
  await expect.poll(() => processesOf(folder), { timeout: 5000 }).toEqual([]);
  expect(leftovers(engine)).toEqual([]);
}, 90_000);

test('a kernel killed while it trains leaves no process, and the next one goes on with the run', async () => {
  const folder = folderFor('kernel');
  const killed = await startKernel(folder);
  const { engine, before } = await killWhileTraining(killed, folder, 'kernel');
  await killed.exit;
  killed.peer.close();
  await expect.poll(() => processesOf(folder), { timeout: 5000 }).toEqual([]);
  await expect.poll(() => solverProcesses(engine), { timeout: 5000 }).toEqual([]);
  const kernel = await startKernel(folder);
  await expectResumed(kernel, folder, before);
  await shutDown(kernel);
  expect(leftovers(engine)).toEqual([]);
}, 90_000);
