/** The browser: Debian's Chromium by playwright-core. Not covered: other browsers. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium } from 'playwright-core';
import { PACKAGE_ROOT } from '../../src/package-root.ts';

const CHROMIUM = process.env['EVOM_CHROMIUM'] ?? '/usr/bin/chromium';

/** Where the built extension is. */
export const BUILT_EXTENSION: string = join(PACKAGE_ROOT, 'labextension', 'dist');

/** Why nothing can be tested here; null where it can. */
export function browserMissing(): string | null {
  if (!existsSync(CHROMIUM)) return `there is no ${CHROMIUM} (apt-get install chromium, or set EVOM_CHROMIUM)`;
  const isBuilt = existsSync(join(BUILT_EXTENSION, 'package.json'));
  return isBuilt ? null : 'labextension/dist is not built (npm run build)';
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--force-color-profile=srgb'] });
}

/** The accessibility checker's source, to be run in a page. */
export function axeSource(): string {
  return axe.source;
}
