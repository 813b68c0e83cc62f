import type { HistogramData } from '../../../../kernel/spec/mime.ts';
import { element } from '../../dom.ts';
import { oneLine } from '../../text/visible-text.ts';

/** What the reward lint found in a reward function of the user's own; nothing where it found nothing. */
export function lintNode(lint: HistogramData['lint']): readonly HTMLElement[] {
  if (lint === null || lint.failed.length === 0) return [];
  const items = lint.failed.map(({ name, what }) =>
    element('li', element('strong', oneLine(name, 80)), ` ${oneLine(what, 300)}`),
  );
  return [
    element(
      'div.Warning',
      element('p', `▲ The reward lint: ${lint.failed.length} of ${lint.cases} cases fail.`),
      element('ul', ...items),
    ),
  ];
}
