/** Two programs as one, with what changed. Signs and words tell it, not the colours alone. */

import { element } from '../dom.ts';
import { counted } from '../text/numbers.ts';
import { visibleText } from '../text/visible-text.ts';
import { type DiffLine, diffLines } from './diff-lines.ts';

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', removed: '−', added: '+' };
const TAGS = { same: 'span', removed: 'del', added: 'ins' } as const;

/** UTF-16 code units of each program that are compared. */
const MOST_TEXT = 64_000;

export function diffBlock(before: string, after: string, label: string): HTMLElement {
  const lines = diffLines(visibleText(before.slice(0, MOST_TEXT)), visibleText(after.slice(0, MOST_TEXT)));
  const count = (kind: DiffLine['kind']): string => counted(lines.filter((line) => line.kind === kind).length);
  const drawn = lines.map(({ kind, text }) =>
    element(
      TAGS[kind],
      { class: `evom-Code-line evom-Diff-${kind}` },
      element('span.Diff-sign', { 'aria-hidden': 'true' }, SIGNS[kind]),
      `${text}\n`,
    ),
  );
  return element(
    'div.TextBlock',
    element('p.Foot', `${count('removed')} lines removed, ${count('added')} added, ${count('same')} the same.`),
    element('pre.Text.Diff', { tabindex: 0, role: 'group', 'aria-label': label }, ...drawn),
  );
}
