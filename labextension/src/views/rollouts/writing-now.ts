import { element } from '../../dom.ts';
import { visibleText } from '../../text/visible-text.ts';
import { nameOf, type RolloutItem } from './items.ts';

/** Completions that are shown while they are written, and how much of each. */
const MOST = 2;
const LINES = 6;

/** The ends of the first texts that are being written. */
export function writingNow(items: readonly RolloutItem[]): readonly HTMLElement[] {
  return items
    .filter(({ row: { completion } }) => completion !== null && completion.tokens === null)
    .slice(0, MOST)
    .map((item) => {
      const end = visibleText((item.row.completion?.text.text ?? '').slice(-2000)).trimEnd();
      const lines = end.split('\n').slice(-LINES).join('\n');
      return element('div.Writing', element('p.Quiet', { dir: 'auto' }, nameOf(item)), element('pre.Text', lines));
    });
}
