/**
 * Files that are there whole or not at all: written under a temporary name, flushed to the disk, then given their
 * real name in one step that never replaces a file of that name.
 *
 * Not covered: two writers in one folder at a time are told apart only where they want the same file (the second
 * fails); a disk that lies about flushing.
 */

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EvomError } from '../errors.ts';

/** A temporary file this old is nobody's, even where its process number is in use again. */
const STALE_MS = 3_600_000;

const TEMPORARY = /^\..+\.(\d+)-[0-9a-f]{8}\.tmp$/;

/** Where file systems know no hard links, `rename` takes over. */
const NO_LINKS: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Has `write` fill a temporary file and publishes it as `path`. Rejects with code `file-exists` where there is one
 * already, and otherwise with a store error that names the path. Leaves no temporary file behind unless killed.
 */
export async function publishFile(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
  try {
    if (existsSync(path)) throw fileExists(path);
    await write(temporary);
    await flush(temporary);
    await giveName(temporary, path);
    await flush(dirname(path));
  } catch (error) {
    throw error instanceof EvomError ? error : describeWriteError(path, error);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** Removes what killed writers left behind. Temporary files of live processes stay. */
export async function sweepTemporaries(folder: string): Promise<readonly string[]> {
  const swept: string[] = [];
  for (const name of await readdir(folder)) {
    const owner = TEMPORARY.exec(name)?.[1];
    if (owner === undefined) continue;
    const path = join(folder, name);
    const age = await stat(path).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age < STALE_MS && isOwned(Number(owner), age)) continue;
    await rm(path, { force: true });
    swept.push(name);
  }
  return swept;
}

/** Our words for a failed write: which path, and what to do. */
export function describeWriteError(path: string, error: unknown): EvomError {
  const reason = error instanceof Error ? error.message : String(error);
  const text = `${(error as NodeJS.ErrnoException | null)?.code ?? ''} ${reason}`;
  const { code, next } = ADVICE.find(({ pattern }) => pattern.test(text)) ?? OTHERWISE;
  return new EvomError('store', code, `Could not write \`${path}\`. ${next} (${reason})`, { cause: error });
}

const RESUME = 'Finished steps are whole; the run resumes at the next one.';

const ADVICE = [
  {
    pattern: /ENOSPC|EDQUOT|No space left|quota/i,
    code: 'disk-full',
    next: `The disk is full: free some space, then start again. ${RESUME}`,
  },
  {
    pattern: /EFBIG|File too large/i,
    code: 'file-too-large',
    next: `It passes a size limit: raise \`ulimit -f\`, then start again. ${RESUME}`,
  },
  {
    pattern: /EACCES|EPERM|Permission denied|not permitted/i,
    code: 'no-permission',
    next: 'Make the folder writable for this user, or choose another one.',
  },
  {
    pattern: /EROFS|Read-only/i,
    code: 'no-permission',
    next: 'The file system is read-only: choose another folder.',
  },
  {
    pattern: /ENOTDIR|Not a directory|EEXIST/i,
    code: 'not-a-folder',
    next: 'A part of this path is a file: choose another folder.',
  },
] as const;

const OTHERWISE = { code: 'write-failed', next: `Look at the folder, then start again. ${RESUME}` } as const;

async function giveName(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw fileExists(path, error);
    if (!NO_LINKS.has(code)) throw error;
    if (existsSync(path)) throw fileExists(path, error);
    await rename(temporary, path);
  }
}

/** Has the disk hold what was written to a file, or a folder's list of names. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether the process that wrote it lives. In a container a new process often has a killed one's number: ours is told by age. */
export function isOwned(pid: number, ageMs: number): boolean {
  if (pid === process.pid) return ageMs < process.uptime() * 1000;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function fileExists(path: string, cause?: unknown): EvomError {
  return new EvomError('store', 'file-exists', `\`${path}\` exists already and is not replaced. Choose another name.`, {
    cause,
  });
}
