import type { ProgressData } from '../../../kernel/spec/mime.ts';
import { element } from '../dom.ts';
import { counted } from '../text/numbers.ts';
import { visibleText } from '../text/visible-text.ts';

/** How far a call is; empty once all has gone well. */
export function progressLine({ state, done, total, secondsLeft, error }: ProgressData, unit: string): HTMLElement {
  if (state === 'done') return element('div', { hidden: true });
  const left = secondsLeft === null ? '' : `, about ${Math.ceil(secondsLeft)} s left`;
  const words = `${counted(done)} of ${counted(total)} ${unit}, ${state}${left}`;
  const bar = element('progress', { max: Math.max(1, total), value: Math.min(done, total), 'aria-label': words });
  return element(
    'div.Progress',
    (state === 'running' || state === 'paused') && bar,
    element('span', words),
    error !== null && element('p.Warning', { role: 'alert' }, visibleText(error.slice(0, 2000))),
  );
}
