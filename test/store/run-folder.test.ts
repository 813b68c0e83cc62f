import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/store/database.ts';
import { describeWriteError } from '../../src/store/durable-file.ts';
import { createRunFolder, openRunFolder } from '../../src/store/run-folder.ts';
import { DESCRIPTION, sampleStep } from './sample-step.ts';
import { testRunStore } from './store-conformance.ts';

let root = '';
let count = 0;
const newFolder = (): string => join(root, `run ${count++}`);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evom-store-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

testRunStore('createRunFolder', () => createRunFolder(newFolder(), DESCRIPTION));

describe('a run folder', () => {
  it('is a manifest and one Parquet file a step, and nothing else', async () => {
    const store = await createRunFolder(newFolder(), DESCRIPTION);
    await store.append(sampleStep(0, 2));
    await store.append(sampleStep(12, 2));
    expect((await readdir(store.location)).sort()).toEqual([
      'manifest.json',
      'step-000000.parquet',
      'step-000012.parquet',
    ]);
    expect(JSON.parse(await readFile(join(store.location, 'manifest.json'), 'utf8'))).toEqual(store.manifest);
  });

  it('reads as plain Parquet, without this project', async () => {
    const store = await createRunFolder(newFolder(), DESCRIPTION);
    await store.append(sampleStep(0, 5));
    const database = new Database();
    const rows = await database.use(async (connection) => {
      const result = await connection.runAndReadAll(
        `SELECT typeof(certificate) AS t, count(*) AS n FROM '${store.location}/step-*.parquet' GROUP BY 1`,
      );
      return result.getRowObjectsJS();
    });
    await database.close();
    expect(rows).toEqual([{ t: expect.stringMatching(/^STRUCT\(kind VARCHAR/), n: 5n }]);
  });

  it('works in a folder whose name means something to SQL and to a glob', async () => {
    const store = await createRunFolder(join(root, "it's [1] {a,b} *?"), DESCRIPTION);
    await store.append(sampleStep(0, 2));
    expect(await store.read(0)).toStrictEqual(sampleStep(0, 2));
    expect(await store.query('SELECT count(*) AS n FROM rollouts')).toEqual([{ n: 2 }]);
  });

  it('is not started twice', async () => {
    const { location } = await createRunFolder(newFolder(), DESCRIPTION);
    await expect(createRunFolder(location, DESCRIPTION)).rejects.toMatchObject({ code: 'run-exists' });
  });

  it('is started once where two try at the same time', async () => {
    const folder = newFolder();
    const settled = await Promise.allSettled(Array.from({ length: 8 }, () => createRunFolder(folder, DESCRIPTION)));
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('resumes at the next step', async () => {
    const first = await createRunFolder(newFolder(), DESCRIPTION);
    await first.append(sampleStep(0, 2));
    const second = await openRunFolder(first.location);
    expect(second.manifest).toEqual(first.manifest);
    expect(await second.nextIndex()).toBe(1);
    await second.append(sampleStep(1, 2));
    await expect(first.append(sampleStep(1, 2))).rejects.toMatchObject({ code: 'step-exists' });
  });

  it('opened to read, changes nothing and sees what is added later', async () => {
    const writer = await createRunFolder(newFolder(), DESCRIPTION);
    await writeFile(join(writer.location, '.step-000000.parquet.999999999-00000000.tmp'), 'half');
    const reader = await openRunFolder(writer.location, 'read');
    expect(await readdir(writer.location)).toContain('.step-000000.parquet.999999999-00000000.tmp');
    await expect(reader.append(sampleStep(0, 1))).rejects.toMatchObject({ code: 'read-only' });
    await writer.append(sampleStep(0, 3));
    expect(await reader.query('SELECT count(*) AS n FROM rollouts')).toEqual([{ n: 3 }]);
  });

  it("sweeps a dead writer's temporary files, and leaves a live one's and everybody else's", async () => {
    const { location } = await createRunFolder(newFolder(), DESCRIPTION);
    const names = {
      dead: '.step-000003.parquet.999999999-0000000a.tmp',
      live: `.step-000003.parquet.${process.ppid}-0000000b.tmp`,
      old: `.step-000003.parquet.${process.ppid}-0000000c.tmp`,
      reborn: `.step-000003.parquet.${process.pid}-0000000d.tmp`,
      ours: `.step-000003.parquet.${process.pid}-0000000e.tmp`,
      theirs: 'notes.tmp',
    };
    for (const name of Object.values(names)) await writeFile(join(location, name), 'half');
    const before = new Date(Date.now() - 7_200_000);
    await utimes(join(location, names.old), before, before);
    const started = new Date(Date.now() - process.uptime() * 1000 - 60_000);
    await utimes(join(location, names.reborn), started, started);
    const store = await openRunFolder(location);
    expect((await readdir(location)).sort()).toEqual([names.live, names.ours, 'manifest.json', names.theirs].sort());
    expect(await store.indices()).toEqual([]);
  });

  it('reads files of a later schema beside its own, by column name', async () => {
    const store = await createRunFolder(newFolder(), DESCRIPTION);
    await store.append(sampleStep(0, 2));
    const database = new Database();
    await database.use(async (connection) => {
      const from = `SELECT 1 AS step, * EXCLUDE (step, advantage), 0.5 AS novelty FROM '${store.location}/step-000000.parquet'`;
      await connection.run(`COPY (${from}) TO '${store.location}/step-000001.parquet'`);
    });
    await database.close();
    const rows = await store.query('SELECT step, advantage, novelty FROM rollouts WHERE position = 1 ORDER BY step');
    expect(rows).toEqual([
      { step: 0, advantage: -0.25, novelty: null },
      { step: 1, advantage: null, novelty: 0.5 },
    ]);
    expect((await store.read(1)).rollouts[1]).toStrictEqual({ ...sampleStep(0, 2).rollouts[1], advantage: null });
  });

  it('names the file where a step is damaged, and still gives the others', async () => {
    const store = await createRunFolder(newFolder(), DESCRIPTION);
    await store.append(sampleStep(0, 2));
    await store.append(sampleStep(1, 2));
    await truncate(join(store.location, 'step-000001.parquet'), 300);
    await expect(store.read(1)).rejects.toMatchObject({
      code: 'step-damaged',
      message: expect.stringContaining('step-000001.parquet'),
    });
    await expect(store.query('SELECT * FROM rollouts')).rejects.toMatchObject({ code: 'step-damaged' });
    expect(await store.read(0)).toStrictEqual(sampleStep(0, 2));
  });

  it('rejects what a column would quietly change, names it, and writes nothing', async () => {
    const store = await createRunFolder(newFolder(), DESCRIPTION);
    const step = sampleStep(0, 2);
    const [good, bad] = step.rollouts;
    const broken = { ...bad!, observation: { ...bad!.observation, solveCount: 1.5 } };
    await expect(store.append({ ...step, rollouts: [good!, broken] })).rejects.toMatchObject({
      code: 'bad-value',
      message: expect.stringContaining('rollouts[1].solveCount'),
    });
    expect(await readdir(store.location)).toEqual(['manifest.json']);
  });

  it('keeps -0 as 0 and a lone surrogate as U+FFFD, the two things Parquet has no place for', async () => {
    const store = await createRunFolder(newFolder(), DESCRIPTION);
    const [rollout] = sampleStep(1, 1).rollouts;
    const odd = { ...rollout!, advantage: -0, problem: { ...rollout!.problem, text: 'half \ud800 pair' } };
    await store.append({ index: 0, rollouts: [odd], statistics: {} });
    const [read] = (await store.read(0)).rollouts;
    expect(read).toMatchObject({ advantage: 0, problem: { text: 'half \ufffd pair' } });
  });

  it('says where there is no run, a broken manifest, or a newer one', async () => {
    const folder = newFolder();
    await expect(openRunFolder(folder)).rejects.toMatchObject({
      code: 'no-run',
      message: expect.stringContaining(folder),
    });
    await mkdir(folder);
    await writeFile(join(folder, 'manifest.json'), '{"schema":');
    await expect(openRunFolder(folder)).rejects.toMatchObject({ code: 'bad-manifest' });
    await writeFile(join(folder, 'manifest.json'), '{"schema": 2}');
    await expect(openRunFolder(folder)).rejects.toMatchObject({ code: 'newer-schema' });
  });
});

describe('a write that fails', () => {
  it('names the path and what to do where a part of it is a file', async () => {
    const folder = join(root, 'file');
    await writeFile(folder, '');
    await expect(createRunFolder(join(folder, 'run'), DESCRIPTION)).rejects.toMatchObject({
      boundary: 'store',
      code: 'not-a-folder',
      message: expect.stringContaining(folder),
    });
  });

  it('names the path and what to do where the folder has gone, and a later step can be written again', async () => {
    const store = await createRunFolder(newFolder(), DESCRIPTION);
    await rm(store.location, { recursive: true });
    await expect(store.append(sampleStep(0, 1))).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('step-000000.parquet'),
    });
    await mkdir(store.location);
    await store.append(sampleStep(0, 1));
    expect(await store.read(0)).toStrictEqual(sampleStep(0, 1));
  });

  it.each([
    ['disk-full', 'IO Error: Could not write file "x": No space left on device'],
    ['disk-full', 'ENOSPC: no space left on device, write'],
    ['file-too-large', 'EFBIG: file too large'],
    ['no-permission', 'IO Error: Cannot open file "x": Permission denied'],
    ['no-permission', 'EROFS: read-only file system'],
    ['write-failed', 'EIO: i/o error'],
  ])('is %s for %j', (code, message) => {
    const error = describeWriteError('/runs/a/step-000001.parquet', new Error(message));
    expect(error).toMatchObject({ boundary: 'store', code });
    expect(error.message).toContain('/runs/a/step-000001.parquet');
    expect(error.message).toContain(message);
  });
});
