/**
 * What Node makes of the sources (types stripped, code compiled) is kept for the next start, which is several times faster
 * by it. `kernel.json` names the folder; nothing is lost where it cannot be written.
 */

import { flushCompileCache } from 'node:module';
import { cacheFolder } from '../src/cache-folder.ts';

/** Node's own variable, for whatever it starts with it. */
const VARIABLE = 'NODE_COMPILE_CACHE';
/** Node writes at a proper end, which a kernel seldom has. By then what a start loads is loaded. */
const WRITE_AFTER_MS = 5000;

/** For `kernel.json`: modules read before a process could ask for it are kept too. */
export function compiledEnvironment(): Readonly<Record<string, string>> {
  return { [VARIABLE]: cacheFolder('compiled') };
}

/** For every process and thread of the kernel. */
export function keepCompiled(): void {
  setTimeout(flushCompileCache, WRITE_AFTER_MS).unref();
}

/** For the process that runs cells: what they start is not ours to keep. */
export function forgetCompiled(): void {
  delete process.env[VARIABLE];
}
