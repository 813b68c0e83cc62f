/** Each solver in brief: whether it can run programs, its version, and what its licence allows. */

import type { SolverData } from '../../../kernel/spec/mime.ts';
import { element } from '../dom.ts';
import { limitWords } from '../text/limits.ts';
import { oneLine } from '../text/visible-text.ts';

export function solverRow({ title, reason, version, licence, limits }: SolverData): HTMLLIElement {
  const limit = limitWords(limits);
  const isReady = reason === null;
  const mark = element(
    'span',
    { class: 'evom-Mark', style: `--evom-mark: var(${isReady ? '--evom-good' : '--evom-warn'})` },
    element('span', { class: 'evom-Mark-shape', 'aria-hidden': 'true' }, isReady ? '●' : '○'),
    isReady ? 'ready' : 'missing',
  );
  const told = isReady
    ? `${version ?? 'version unknown'} · licence: ${licence}${limit && `, up to ${limit}`}`
    : oneLine(reason, 300);
  return element(
    'li',
    {},
    element('div', { class: 'evom-Panel-head' }, element('span', {}, oneLine(title, 30)), mark),
    element('p', { class: 'evom-Panel-told' }, oneLine(told, 300)),
  );
}
