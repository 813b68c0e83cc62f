import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { publishFolder, recoverFolder } from '../../../src/policy/folder/publish-folder.ts';

let root = '';
let folder = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'evom-publish-'));
  folder = join(root, 'kept');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const MARKED = { marker: 'a', isReplaced: true } as const;

/** Publishes `{ a, b }`, both holding this text. */
async function publish(text: string): Promise<void> {
  await publishFolder(folder, MARKED, async (temporary) => {
    await writeFile(join(temporary, 'a'), text);
    await writeFile(join(temporary, 'b'), text);
  });
}

async function content(): Promise<readonly string[]> {
  return Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
}

it('a writer that fails leaves the old folder and nothing else', async () => {
  await publish('old');
  const failing = publishFolder(folder, MARKED, async (temporary) => {
    await writeFile(join(temporary, 'a'), 'new');
    throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
  });
  await expect(failing).rejects.toMatchObject({ boundary: 'store', code: 'disk-full' });
  expect(await content()).toEqual(['old', 'old']);
  expect(await readdir(root)).toEqual(['kept']);
});

it('replaces only a folder of files that has the marker, and an empty one', async () => {
  await mkdir(folder);
  await publish('first');
  await expect(publishFolder(folder, { marker: 'a' }, async () => {})).rejects.toMatchObject({ code: 'folder-exists' });
  await expect(publishFolder(folder, { marker: 'c', isReplaced: true }, async () => {})).rejects.toMatchObject({
    code: 'folder-exists',
  });
  await mkdir(join(folder, 'sub'));
  await expect(publish('second')).rejects.toMatchObject({ code: 'folder-exists' });
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('first');
});

it('a writer killed between the two renames is made good: the old folder comes back', async () => {
  await publish('old');
  const gone = await deadProcess();
  const [previous, partial] = ['previous', 'partial'].map((kind) => join(root, `.kept.${gone}-0123abcd.${kind}`));
  await mkdir(partial!);
  await rename(folder, previous!);
  await recoverFolder(folder);
  expect(await content()).toEqual(['old', 'old']);
  expect(await readdir(root)).toEqual(['kept']);
});

it('what a live writer is writing stays', async () => {
  await publish('old');
  const theirs = join(root, `.kept.${process.ppid}-0123abcd.partial`);
  const ours = join(root, `.kept.${process.pid}-0123abcd.partial`);
  await Promise.all([mkdir(theirs), mkdir(ours), mkdir(join(root, '.keptother.1-0123abcd.partial'))]);
  await utimes(theirs, 0, 0);
  await publish('new');
  expect((await readdir(root)).length).toBe(4);
  expect(existsSync(theirs) && existsSync(ours)).toBe(true);
});

it('a writer killed at any moment leaves the old folder or the new one, whole', { timeout: 60_000 }, async () => {
  let seen = -1;
  for (let round = 0; round < 10; round++) {
    const writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), folder, String(seen + 1)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    writer.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const closed = once(writer, 'close');
    while (said.split('\n').length <= 2 && writer.exitCode === null) await setTimeout(2);
    await setTimeout((round * 37) % 50);
    writer.kill('SIGKILL');
    await closed;
    await recoverFolder(folder);
    const texts = await content();
    expect(texts).toHaveLength(3);
    expect(new Set(texts).size).toBe(1);
    expect(await readdir(root)).toEqual(['kept']);
    const last = Number(said.split('\n').at(-2));
    const found = Number(texts[0]!.slice(0, 8));
    expect(found === last || found === last + 1).toBe(true);
    seen = found;
  }
});

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid!;
}
