import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvomError } from '../errors.ts';
import { SCRATCH_SHORTAGE_BYTES } from './observe.ts';

// Process numbers mean something only in their own namespace: containers may share /dev/shm.
const PREFIX = `evom-scratch-${processNamespace()}-`;
/** A container's default /dev/shm of 64 MiB is too small. */
const ROOMY_BYTES = 512 * 1024 ** 2;

/**
 * A fresh folder for scratch folders: in `$EVOM_SCRATCH`, else in memory where there is room, else in `$TMPDIR`. Folders
 * of processes that were killed are swept first; the name carries the owner's process number.
 */
export function makeScratch(environment: NodeJS.ProcessEnv = process.env): string {
  const parent = environment['EVOM_SCRATCH'] || (['/dev/shm', tmpdir()].find(isRoomy) ?? tmpdir());
  try {
    mkdirSync(parent, { recursive: true });
    sweep(parent);
    const { bavail, bsize } = statfsSync(parent);
    if (bavail * bsize < SCRATCH_SHORTAGE_BYTES) throw new Error(`only ${bavail * bsize} bytes are free`);
    return mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  } catch (cause) {
    throw new EvomError(
      'sandbox',
      'no-scratch',
      `Expected to make a scratch folder in \`${parent}\`: ${cause}. Free space there, or set EVOM_SCRATCH to another folder.`,
      { cause },
    );
  }
}

function processNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

function isRoomy(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOMY_BYTES;
  } catch {
    return false;
  }
}

function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // another user's
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
