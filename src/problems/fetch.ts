/**
 * Gets a public set at its pinned revision. The bytes are checked before anything is written, and written by atomic rename,
 * so a file in the folder is whole and is the one that was asked for. Nothing is sent but the request.
 */

import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EvomError, expected } from '../errors.ts';
import {
  acceptedHash,
  acceptedHashPath,
  benchmarkFolder,
  checkHash,
  hashOfFile,
  sha256Of,
} from './benchmark-folder.ts';
import { addressOf, fileNameOf, type PublicSet, publicSetNamed } from './public-sets.ts';

/** Gets an address's bytes; rejects where it cannot. */
export type Download = (address: string) => Promise<Uint8Array>;

export interface FetchOptions {
  /** Default: `$EVOM_BENCHMARKS`, or `~/.cache/evom/benchmarks`. */
  readonly folder?: string;
  /** A person's word for a set whose hash is not known here (`--accept-hash`): 64 hexadecimal digits. */
  readonly acceptHash?: string;
  /** Default: HTTPS, 60 s. */
  readonly download?: Download;
}

export interface FetchedSet {
  readonly set: PublicSet;
  readonly path: string;
  readonly sha256: string;
  /** True where the file was there already. */
  readonly wasThere: boolean;
}

/**
 * Fetches the public set `name`. Rejects with `unknown-set`; `offline`, which says where to put the file by hand;
 * `hash-unknown`, which says the hash it saw; or `hash-mismatch`. A file that is there already is checked, never replaced.
 */
export async function fetchProblems(name: string, options: FetchOptions = {}): Promise<FetchedSet> {
  const set = publicSetNamed(name);
  const { folder = benchmarkFolder(), acceptHash, download = downloadHttps } = options;
  if (acceptHash !== undefined && !/^[0-9a-f]{64}$/i.test(acceptHash)) {
    const next = 'Copy the hash that `evom problems fetch` printed.';
    throw new EvomError('problem', 'bad-hash', expected('acceptHash', '64 hexadecimal digits', acceptHash, next));
  }
  const path = join(folder, fileNameOf(set));
  const accepted = acceptHash ?? (await acceptedHash(path));

  const there = await hashOfFile(path);
  if (there !== null) checkHash(set, there, accepted, path);
  const bytes = there === null ? await get(set, path, download) : null;
  const sha256 = there ?? sha256Of(bytes ?? new Uint8Array());
  if (bytes !== null) {
    checkHash(set, sha256, accepted, addressOf(set));
    await writeAtomically(path, bytes, folder);
  }
  if (set.sha256 === null) await writeAtomically(acceptedHashPath(path), Buffer.from(`${sha256}\n`), folder);
  return { set, path, sha256, wasThere: there !== null };
}

async function get(set: PublicSet, path: string, download: Download): Promise<Uint8Array> {
  const address = addressOf(set);
  try {
    return await download(address);
  } catch (cause) {
    const reason = reasonOf(cause);
    const next =
      `Get it by other means, and put it at\n  ${path}\n(in the folder $EVOM_BENCHMARKS, where that is set), ` +
      'then run the same command again.';
    throw new EvomError('problem', 'offline', `Expected an answer from\n  ${address}\ngot \`${reason}\`. ${next}`, {
      cause,
    });
  }
}

/** Node's `fetch` says only "fetch failed", and why in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

async function downloadHttps(address: string): Promise<Uint8Array> {
  const response = await fetch(address, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function writeAtomically(path: string, bytes: Uint8Array, folder: string): Promise<void> {
  const partial = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(partial, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    const next = 'Free some space, or set `EVOM_BENCHMARKS` to a folder that can be written.';
    throw new EvomError('problem', 'unwritable-folder', expected('folder', 'writable', folder, next), { cause });
  }
}
