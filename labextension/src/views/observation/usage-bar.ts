import { element } from '../../dom.ts';

/** How much of a limit was used, as words and as a bar; without a limit words alone. */
export function usageBar(used: number, limit: number | null, show: (amount: number) => string): HTMLElement {
  if (limit === null || limit <= 0) return element('span', show(used));
  const share = Math.min(1, Math.max(0, used / limit));
  return element(
    'span.Usage',
    `${show(used)} of ${show(limit)}`,
    element(
      'span',
      { class: `evom-Usage-bar${share >= 0.9 ? ' evom-is-near' : ''}`, 'aria-hidden': 'true' },
      element('span', { style: `width: ${(100 * share).toFixed(1)}%` }),
    ),
  );
}
