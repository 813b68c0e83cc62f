/**
 * A long text in a box that scrolls. Only its beginning is drawn until somebody asks for more: a program may print
 * megabytes.
 */

import type { TextData } from '../../../kernel/spec/mime.ts';
import { button, element, known, scrolling } from '../dom.ts';
import { counted } from '../text/numbers.ts';
import { visibleText } from '../text/visible-text.ts';

/** UTF-16 code units drawn at first, and more for each time somebody asks. */
const AT_FIRST = 20_000;
const MORE = 200_000;

/** `draw` is given text without anything that hides. */
export function textBlock(
  data: TextData,
  label: string,
  draw: (text: string) => readonly (Node | string)[] = (text) => [text],
): HTMLElement {
  const block = element('pre.Text', scrolling(label));
  const foot = element('p.Foot');
  const show = (length: number): void => {
    block.replaceChildren(...draw(visibleText(data.text.slice(0, length))));
    const hidden = data.text.length - length;
    const cut = data.length - data.text.length;
    const more = hidden > 0 && button(`Show more of ${counted(hidden)} characters`, () => show(length + MORE));
    const told = cut > 0 && `${counted(cut)} more characters are not kept in this notebook.`;
    foot.replaceChildren(...known([more, told]));
    foot.hidden = hidden <= 0 && cut <= 0;
  };
  show(AT_FIRST);
  return element('div.TextBlock', block, foot);
}
