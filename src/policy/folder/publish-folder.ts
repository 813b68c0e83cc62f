/**
 * Folders that are there whole or not at all: filled under a temporary name beside the real one, flushed to the disk,
 * then renamed. Where a folder of that name is to be replaced, it is first renamed too, so that for a moment none has
 * the name; a writer killed in that moment is made good by {@link recoverFolder}, which readers and writers call first.
 *
 * Not covered: two writers of one folder at a time (one of them fails), or on two machines; other programs that look in
 * that moment; a disk that lies about flushing.
 */

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EvomError, expected } from '../../errors.ts';
import { describeWriteError, flush, isOwned } from '../../store/durable-file.ts';

const PARTIAL = 'partial'; // unfinished: may be thrown away
const PREVIOUS = 'previous'; // whole, but moved aside for its successor

/**
 * A folder this old is nobody's, even where its process number is in use again: one being written has new files all
 * the time, and one moved aside stays so for the moment between two renames.
 */
const STALE_MS = { [PARTIAL]: 3_600_000, [PREVIOUS]: 60_000 } as const;

const LEFT_BEHIND = new RegExp(`^(\\d+)-[0-9a-f]{8}\\.(${PARTIAL}|${PREVIOUS})$`);

export interface PublishOptions {
  /** Replaces a folder of that name that holds `marker` and nothing but files. Without it such a folder is an error. */
  readonly isReplaced?: boolean;
  /** A file that every such folder has. */
  readonly marker: string;
}

/**
 * Has `write` fill a temporary folder and publishes it as `path`. Rejects with `store/folder-exists` where something is
 * there that must not be replaced, and otherwise with a store error that names the path.
 */
export async function publishFolder(
  path: string,
  { isReplaced = false, marker }: PublishOptions,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const target = resolve(path);
  const partial = sibling(target, PARTIAL);
  const previous = sibling(target, PREVIOUS);
  try {
    await mkdir(dirname(target), { recursive: true });
    await recoverFolder(target);
    const isThere = existsSync(target);
    if (isThere) await checkReplaceable(target, isReplaced, marker);
    await mkdir(partial);
    await write(partial);
    for (const name of await readdir(partial)) await flush(join(partial, name));
    await flush(partial);
    if (isThere) await rename(target, previous);
    await rename(partial, target).catch(async (error: unknown) => {
      if (isThere) await rename(previous, target);
      throw error;
    });
    await flush(dirname(target));
  } catch (error) {
    throw error instanceof EvomError ? error : describeWriteError(target, error);
  } finally {
    if (existsSync(target)) await rm(previous, { recursive: true, force: true }).catch(() => {});
    await rm(partial, { recursive: true, force: true }).catch(() => {});
  }
}

/**
 * Makes good what a killed writer of this folder left: puts the folder that it had moved aside back where none has
 * taken its name, and removes the rest. Folders of live writers stay.
 */
export async function recoverFolder(path: string): Promise<void> {
  const target = resolve(path);
  const names = await readdir(dirname(target)).catch(() => []);
  const start = `.${basename(target)}.`;
  for (const name of names) {
    const [, owner, kind] = (name.startsWith(start) && LEFT_BEHIND.exec(name.slice(start.length))) || [];
    if (owner === undefined) continue;
    const left = join(dirname(target), name);
    const ageMs = await stat(left).then(
      (found) => Date.now() - found.ctimeMs,
      () => 0,
    );
    if (ageMs < STALE_MS[kind as keyof typeof STALE_MS] && isOwned(Number(owner), ageMs)) continue;
    if (kind === PREVIOUS && !existsSync(target)) await rename(left, target).catch(() => {});
    else await rm(left, { recursive: true, force: true }).catch(() => {});
  }
}

function sibling(target: string, kind: string): string {
  return join(dirname(target), `.${basename(target)}.${process.pid}-${randomUUID().slice(0, 8)}.${kind}`);
}

/** A folder is replaced only where it is plainly one of ours: nobody's other files are lost. */
async function checkReplaceable(target: string, isReplaced: boolean, marker: string): Promise<void> {
  const entries = await readdir(target, { withFileTypes: true }).catch(() => null);
  const isFlat = entries?.every((entry) => entry.isFile()) ?? false;
  if (entries?.length === 0 || (isReplaced && isFlat && entries?.some(({ name }) => name === marker))) return;
  const what = isReplaced ? `a new folder, or one with ${marker} and no folders in it` : 'a new folder';
  const next = 'It is not replaced: choose another folder.';
  throw new EvomError('store', 'folder-exists', expected('folder', what, target, next));
}
