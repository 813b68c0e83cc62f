import { element } from '../../dom.ts';
import { rounded } from '../../text/numbers.ts';
import { describeError, errorPosition, TOLERANCES } from './error-scale.ts';

/** A relative error on its scale, with the tolerances of the paper on it, and in words. */
export function errorBar(relativeError: number): HTMLElement {
  const words = `relative error ${rounded(relativeError, 2)}, ${describeError(relativeError)}`;
  const at = (error: number): string => `left: ${(100 * errorPosition(error)).toFixed(1)}%`;
  const ticks = TOLERANCES.map((tolerance) =>
    element('span.Scale-tick', { style: at(tolerance) }, element('span.Scale-word', `ε ${tolerance}`)),
  );
  return element(
    'div.Scale',
    element('span', words),
    element(
      'div.Scale-line',
      { 'aria-hidden': 'true' },
      ...ticks,
      element('span.Scale-mark', { style: at(relativeError) }, '◆'),
    ),
  );
}
