/**
 * The folder where benchmark files lie, and finding one in it. A public set's bytes are checked each time it is resolved,
 * so that a score under its name is a score on those labels. Not covered: a file that changes between here and its reading.
 */

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { EvomError, expected } from '../errors.ts';
import type { FormatName } from './formats/format.ts';
import { addressOf, fileNameOf, findPublicSet, type PublicSet } from './public-sets.ts';

export interface ResolvedProblems {
  readonly path: string;
  /** The public set's name, or the file's without its ending. */
  readonly name: string;
  /** Null where it is to be found from the fields. */
  readonly format: FormatName | null;
}

/** `$EVOM_BENCHMARKS`; by default `evom/benchmarks` in `$XDG_CACHE_HOME` or `~/.cache`. */
export function benchmarkFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return environment['EVOM_BENCHMARKS'] || cacheFolder('benchmarks', environment);
}

/**
 * A name or a path → a file. A name (no slash, no ending) is looked for in the folder first: a public set, then a file of
 * that name; then as a path. Rejects with `set-not-fetched`, `hash-mismatch`, `hash-unknown` or `missing-file`.
 */
export async function resolveProblems(
  nameOrPath: string,
  options: { readonly folder?: string } = {},
): Promise<ResolvedProblems> {
  const folder = options.folder ?? benchmarkFolder();
  const isName = /^[^\\/.]+$/.test(nameOrPath);
  const set = isName ? findPublicSet(nameOrPath) : null;
  if (set !== null) return { path: await checkedPath(set, folder), name: set.name, format: set.format };
  const endings = ['jsonl', 'json', 'csv', 'parquet'].map((ending) => join(folder, `${nameOrPath}.${ending}`));
  for (const path of isName ? [...endings, nameOrPath] : [nameOrPath]) {
    if (await isFile(path)) {
      const name =
        path
          .split(/[\\/]/)
          .at(-1)
          ?.replace(/\.(jsonl|ndjson|json|csv|parquet)$/i, '') ?? path;
      return { path, name, format: null };
    }
  }
  const next = `There is no such file, nor one of that name in ${folder}. \`evom problems fetch\` lists the public sets.`;
  throw new EvomError('problem', 'missing-file', expected('problems', 'a file or a set', nameOrPath, next));
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true;
}

async function checkedPath(set: PublicSet, folder: string): Promise<string> {
  const path = join(folder, fileNameOf(set));
  const seen = await hashOfFile(path);
  if (seen === null) {
    const next = `Run \`evom problems fetch ${set.name}\`, or get it from\n  ${addressOf(set)}\nand put it at\n  ${path}`;
    throw new EvomError('problem', 'set-not-fetched', expected(set.name, 'a fetched set', 'no file', next));
  }
  checkHash(set, seen, await acceptedHash(path), path);
  return path;
}

/**
 * Throws unless `seen` is the pinned hash or, where none is pinned, the accepted one. So a set whose hash is not known
 * passes only when a person has named the hash.
 */
export function checkHash(set: PublicSet, seen: string, accepted: string | null, path: string): void {
  const wanted = set.sha256 ?? accepted;
  if (wanted === null) {
    const next =
      `No hash is known for \`${set.name}\` (${addressOf(set)}). If you trust these bytes, run ` +
      `\`evom problems fetch ${set.name} --accept-hash ${seen}\`.`;
    throw new EvomError('problem', 'hash-unknown', expected('sha256', 'an accepted hash', seen, next));
  }
  if (seen === wanted.toLowerCase()) return;
  const next = `${path} is not \`${set.name}\` at ${set.revision}. A file of your own is named by its path; otherwise remove it and fetch again.`;
  throw new EvomError('problem', 'hash-mismatch', expected('sha256', wanted, seen, next));
}

/** Where the hash that a person accepted is kept: beside the file. */
export function acceptedHashPath(path: string): string {
  return `${path}.sha256`;
}

/** The hash that a person accepted for this file; null where nobody has. */
export async function acceptedHash(path: string): Promise<string | null> {
  const text = await readFile(acceptedHashPath(path), 'utf8').catch(() => null);
  return text === null ? null : text.trim().slice(0, 64);
}

/** SHA-256 of a file's bytes, 64 hexadecimal digits; null where it cannot be read. */
export async function hashOfFile(path: string): Promise<string | null> {
  const bytes = await readFile(path).catch(() => null);
  return bytes === null ? null : sha256Of(bytes);
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
