/** What the plugins give one another, and the names of their commands. */

import { Token } from '@lumino/coreutils';
import type { Sessions } from './panel/sessions.ts';
import type { Settings } from './plugins/read-settings.ts';

/** The open notebooks whose kernel is EVOM's. */
export const ISessions: Token<Sessions> = new Token('@evom/labextension:ISessions');

export const ISettings: Token<Settings> = new Token('@evom/labextension:ISettings');

export const COMMANDS = {
  newWalkthrough: 'evom:new-walkthrough',
  openPanel: 'evom:open-panel',
  openRun: 'evom:open-run',
} as const;

/** In the palette and the launcher. */
export const CATEGORY = 'EVOM';
