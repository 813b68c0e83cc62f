import { element } from '../dom.ts';
import { markOf } from '../palette.ts';
import { oneLine } from '../text/visible-text.ts';

/** `● correct`: shape, word and colour. */
export function markedWord(name: string): HTMLElement {
  const { word, shape, colour } = markOf(name);
  return element(
    'span',
    { class: 'evom-Mark', style: `--evom-mark: var(${colour})` },
    element('span', { 'aria-hidden': 'true', class: 'evom-Mark-shape' }, shape),
    oneLine(word, 24),
  );
}
