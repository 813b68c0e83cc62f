/** Where what can be had again is kept. */

import { homedir } from 'node:os';
import { join } from 'node:path';

/** `evom/NAME` in `$XDG_CACHE_HOME` or `~/.cache`; it may not be there yet. */
export function cacheFolder(
  name: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'evom', name);
}
