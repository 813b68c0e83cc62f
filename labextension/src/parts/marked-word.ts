import { element } from '../dom.ts';
import { markOf } from '../palette.ts';
import { oneLine } from '../text/visible-text.ts';

/** `● correct`: shape, word and colour. */
export function markedWord(name: string): HTMLElement {
  const { word, shape, colour } = markOf(name);
  return markNode(oneLine(word, 24), shape, colour);
}

/** `colour`: a property of `style/base.css`. */
export function markNode(word: string, shape: string, colour: string): HTMLElement {
  const mark = element('span.Mark-shape', { 'aria-hidden': 'true' }, shape);
  return element('span.Mark', { style: `--evom-mark: var(${colour})` }, mark, word);
}
