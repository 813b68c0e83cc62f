import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { benchmarkFolder, resolveProblems } from '../../src/problems/benchmark-folder.ts';
import { type Download, fetchProblems } from '../../src/problems/fetch.ts';
import { loadProblems } from '../../src/problems/load.ts';
import { addressOf, PUBLIC_SETS, publicSetNamed } from '../../src/problems/public-sets.ts';
import { makeFolder } from './folder.ts';

const BYTES = Buffer.from('{"en_question":"Buy 3 lamps.","en_answer":"7"}\n');
const HASH = createHash('sha256').update(BYTES).digest('hex');
const download: Download = () => Promise.resolve(BYTES);
const offline: Download = () => Promise.reject(new Error('getaddrinfo EAI_AGAIN'));

/** A set whose hash is known here, and one whose hash is not. */
const KNOWN = 'nl4opt';
const UNKNOWN = 'industryor';

describe('the public sets', () => {
  test('are pinned by a full commit hash, and hashes are whole or null', () => {
    for (const set of PUBLIC_SETS) {
      expect(set.revision).toMatch(/^[0-9a-f]{40}$/);
      expect(set.sha256 ?? '0'.repeat(64)).toMatch(/^[0-9a-f]{64}$/);
      expect(addressOf(set)).toContain(`/${set.revision}/${set.path}`);
    }
    expect(new Set(PUBLIC_SETS.map(({ name }) => name)).size).toBe(PUBLIC_SETS.length);
  });
});

describe('fetchProblems', () => {
  test('refuses bytes with another hash than the pinned one, and writes nothing', async () => {
    const folder = await makeFolder();
    await expect(fetchProblems(KNOWN, { folder, download })).rejects.toMatchObject({ code: 'hash-mismatch' });
    await expect(fetchProblems(KNOWN, { folder, download, acceptHash: HASH })).rejects.toMatchObject({
      code: 'hash-mismatch',
    });
    expect(await readdir(folder)).toStrictEqual([]);
  });

  test('refuses a set without a known hash, and says the hash it saw', async () => {
    const folder = await makeFolder();
    await expect(fetchProblems(UNKNOWN, { folder, download })).rejects.toMatchObject({
      code: 'hash-unknown',
      message: expect.stringContaining(`--accept-hash ${HASH}`),
    });
    expect(await readdir(folder)).toStrictEqual([]);
  });

  test('takes it with that hash accepted, remembers it, and asks the network no more', async () => {
    const folder = await makeFolder();
    const fetched = await fetchProblems(UNKNOWN, { folder, download, acceptHash: HASH.toUpperCase() });
    expect(fetched).toMatchObject({ sha256: HASH, wasThere: false, path: join(folder, 'industryor.json') });
    expect((await readdir(folder)).toSorted()).toStrictEqual(['industryor.json', 'industryor.json.sha256']);
    expect(await readFile(fetched.path)).toStrictEqual(BYTES);
    expect(await fetchProblems(UNKNOWN, { folder, download: offline })).toMatchObject({ wasThere: true });
    const set = await loadProblems({ name: UNKNOWN }, { folder });
    expect(set).toMatchObject({ name: UNKNOWN, problems: [{ id: 'industryor/1', answer: 7 }] });
  });

  test('refuses another hash than the accepted one, and a hash that is none', async () => {
    const folder = await makeFolder();
    const acceptHash = '0'.repeat(64);
    await expect(fetchProblems(UNKNOWN, { folder, download, acceptHash })).rejects.toMatchObject({
      code: 'hash-mismatch',
    });
    await expect(fetchProblems(UNKNOWN, { folder, download, acceptHash: 'yes' })).rejects.toMatchObject({
      code: 'bad-hash',
    });
  });

  test('offline it says the address, where to put the file, and why', async () => {
    const folder = await makeFolder();
    await expect(fetchProblems(KNOWN, { folder, download: offline })).rejects.toMatchObject({
      code: 'offline',
      message: expect.stringMatching(
        new RegExp(`${addressOf(publicSetNamed(KNOWN))}[\\s\\S]*EAI_AGAIN[\\s\\S]*${join(folder, 'nl4opt.jsonl')}`),
      ),
    });
  });

  test('a file put there by hand is checked and never replaced', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'nl4opt.jsonl'), BYTES);
    await writeFile(join(folder, 'industryor.json'), BYTES);
    await expect(fetchProblems(KNOWN, { folder, download: offline })).rejects.toMatchObject({ code: 'hash-mismatch' });
    await expect(fetchProblems(UNKNOWN, { folder, download: offline })).rejects.toMatchObject({ code: 'hash-unknown' });
    const taken = await fetchProblems(UNKNOWN, { folder, download: offline, acceptHash: HASH });
    expect(taken.wasThere).toBe(true);
    expect(await readFile(join(folder, 'nl4opt.jsonl'))).toStrictEqual(BYTES);
  });

  test('an unknown name lists the names there are', async () => {
    await expect(fetchProblems('nl5opt', { download })).rejects.toMatchObject({
      code: 'unknown-set',
      message: expect.stringContaining('nl4opt, mamo-easy'),
    });
  });

  test('a folder that cannot be written is an error, and no part is left', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(
      fetchProblems(UNKNOWN, { folder: join(folder, 'file', 'in'), download, acceptHash: HASH }),
    ).rejects.toMatchObject({ code: 'unwritable-folder' });
    expect(await readdir(folder)).toStrictEqual(['file']);
  });
});

describe('resolveProblems', () => {
  test('a public name is found in the folder only if its bytes are the pinned or accepted ones', async () => {
    const folder = await makeFolder();
    await expect(resolveProblems('NL4OPT', { folder })).rejects.toMatchObject({ code: 'set-not-fetched' });
    await writeFile(join(folder, 'nl4opt.jsonl'), BYTES);
    await expect(resolveProblems('NL4OPT', { folder })).rejects.toMatchObject({ code: 'hash-mismatch' });
    await writeFile(join(folder, 'industryor.json'), BYTES);
    await expect(resolveProblems(UNKNOWN, { folder })).rejects.toMatchObject({ code: 'hash-unknown' });
  });

  test('a user’s own name is looked for in the folder, and a path is taken as it is', async () => {
    const folder = await makeFolder();
    const path = join(folder, 'ours.csv');
    await writeFile(path, 'text,answer\nBuy 1.,1\n');
    expect(await resolveProblems('ours', { folder })).toStrictEqual({ path, name: 'ours', format: null });
    expect(await resolveProblems(path, { folder })).toStrictEqual({ path, name: 'ours', format: null });
    await expect(resolveProblems('theirs', { folder })).rejects.toMatchObject({ code: 'missing-file' });
    await expect(resolveProblems(folder, { folder })).rejects.toMatchObject({ code: 'missing-file' });
  });

  test('the folder is $EVOM_BENCHMARKS, or in the cache', () => {
    expect(benchmarkFolder({ EVOM_BENCHMARKS: '/b', XDG_CACHE_HOME: '/c' })).toBe('/b');
    expect(benchmarkFolder({ EVOM_BENCHMARKS: '', XDG_CACHE_HOME: '/c' })).toBe('/c/evom/benchmarks');
    expect(benchmarkFolder({})).toMatch(/\.cache\/evom\/benchmarks$/);
  });
});
