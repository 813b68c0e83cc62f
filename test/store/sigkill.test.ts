import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRunFolder, openRunFolder } from '../../src/store/run-folder.ts';
import { DESCRIPTION, sampleStep } from './sample-step.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evom-kill-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Runs the writer and kills it `delayMs` after it said `lines` lines: it opened the run, it finished a step. Gives those steps. */
async function writeUntilKilled(folder: string, lines: number, delayMs: number): Promise<readonly number[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = once(child, 'close');
  while (said.split('\n').length <= lines && child.exitCode === null) await setTimeout(5);
  await setTimeout(delayMs);
  child.kill('SIGKILL');
  expect(await closed).toEqual([null, 'SIGKILL']);
  return said.split('\n').slice(1, -1).map(Number);
}

it('a writer killed at any moment loses no finished step, leaves no half one, and the run resumes at the next', {
  timeout: 120_000,
}, async () => {
  const folder = join(root, 'run');
  await (await createRunFolder(folder, DESCRIPTION)).close();
  const reader = await openRunFolder(folder, 'read');
  let finished = 0;
  for (let round = 0; round < 12; round++) {
    const writing = writeUntilKilled(folder, 1 + (round % 3), (round * 97) % 450);
    await setTimeout(400);
    const seen = await reader.query('SELECT step, count(*) AS n FROM rollouts GROUP BY step ORDER BY step');
    expect(seen).toEqual(seen.map((_, step) => ({ step, n: 300 })));
    const said = await writing;
    const indices = await reader.indices();
    expect(said).toEqual(said.map((_, offset) => finished + offset));
    expect(indices).toEqual(indices.map((_, index) => index));
    expect(indices.length).toBeGreaterThanOrEqual(finished + said.length);
    expect(indices.length).toBeLessThanOrEqual(finished + said.length + 1);
    for (const index of indices.slice(finished)) expect(await reader.read(index)).toStrictEqual(sampleStep(index, 300));
    finished = indices.length;
  }
  expect(finished).toBeGreaterThanOrEqual(12);
  const resumed = await openRunFolder(folder);
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  await resumed.append(sampleStep(finished, 300));
  expect(await resumed.query('SELECT count(DISTINCT step) AS steps, count(*) AS n FROM rollouts')).toEqual([
    { steps: finished + 1, n: (finished + 1) * 300 },
  ]);
  await resumed.close();
  await reader.close();
});
