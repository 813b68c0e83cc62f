/** How far a call is, in words and as a bar. */

import type { ProgressData } from '../../spec/mime.ts';
import { type Html, raw } from './html.ts';
import { clock } from './numbers.ts';
import { oneLine } from './plain.ts';

const CELLS = 24;

/** `████░░░░ 12/48 programs · 0:31 left`; of a call that is over only what went wrong, and nothing of one that is done. */
export function progressLine({ state, done, total, secondsLeft, error }: ProgressData, what: string): string {
  if (state === 'done') return '';
  if (state === 'failed')
    return `✕ Failed after ${done} of ${total} ${what}${error === null ? '' : `: ${oneLine(error, 200)}`}`;
  if (state === 'stopped' && total === 0) return '■ Stopped.';
  if (state === 'stopped') return `■ Stopped after ${done} of ${total} ${what}.`;
  if (total === 0) return `… ${what} under way`;
  const full = Math.round((done / total) * CELLS);
  const left = secondsLeft === null ? '' : ` · ${clock(secondsLeft)} left`;
  return `${'█'.repeat(full)}${'░'.repeat(CELLS - full)} ${done}/${total} ${what}${left}${state === 'paused' ? ' · paused' : ''}`;
}

export function progressHtml(progress: ProgressData, what: string): Html {
  const line = progressLine(progress, what);
  return line === '' ? raw`` : raw`<p style="font-family:monospace">${line}</p>`;
}

/** Lines that say something, with an empty one between. */
export function paragraphs(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}
