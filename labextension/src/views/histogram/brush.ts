/**
 * Choosing bins of a chart: press a bar or draw over some; or with the keyboard: arrows go from bin to bin, with Shift they
 * widen the choice, Enter or Space choose a bin, Escape chooses none.
 */

import { binTotals } from '../../figure/bar-chart.ts';
import type { BarChart } from '../../figure/chart.ts';
import { oneLine } from '../../text/visible-text.ts';
import { type BinRange, binName, isSameRange, spanOf } from './bin-range.ts';

export interface Brush {
  /** Shows what is chosen. */
  mark(range: BinRange | null): void;
}

export function attachBrush(svg: SVGSVGElement, chart: BarChart, onChoose: (range: BinRange | null) => void): Brush {
  const bins = [...svg.querySelectorAll<SVGGElement>('.evom-Bin')];
  const totals = binTotals(chart);
  let chosen: BinRange | null = null;
  /** Where the pointer went down, while it is. */
  let anchor: number | null = null;
  let drawn: BinRange | null = null;
  svg.role = 'group';
  svg.ariaLabel = `Rewards, ${oneLine(chart.title, 40)}: choose bins to see their rollouts`;
  bins.forEach((bin, index) => {
    bin.role = 'button';
    bin.setAttribute('tabindex', index === 0 ? '0' : '-1');
    bin.ariaLabel = `${binName(chart, [index, index])}: ${totals[index]} rollouts`;
  });
  const show = (range: BinRange | null): void => {
    bins.forEach((bin, index) => {
      const isChosen = range !== null && range[0] <= index && index <= range[1];
      bin.classList.toggle('evom-Bin-chosen', isChosen);
      bin.ariaPressed = String(isChosen);
    });
  };
  const focus = (index: number): void => {
    bins.forEach((bin, other) => void bin.setAttribute('tabindex', other === index ? '0' : '-1'));
    bins[index]?.focus();
  };
  const binAt = ({ clientX }: PointerEvent): number => {
    const index = bins.findIndex((bin) => clientX < bin.getBoundingClientRect().right);
    return index < 0 ? bins.length - 1 : index;
  };
  svg.onpointerdown = (event) => {
    if (!(event.target instanceof Element) || event.target.closest('.evom-Bin') === null || event.button !== 0) return;
    anchor = binAt(event);
    drawn = [anchor, anchor];
    svg.setPointerCapture(event.pointerId);
    show(drawn);
  };
  svg.onpointermove = (event) => {
    if (anchor === null) return;
    drawn = spanOf(anchor, binAt(event));
    show(drawn);
  };
  svg.onpointerup = () => {
    if (anchor === null) return;
    anchor = null;
    onChoose(isSameRange(chosen, drawn) ? null : drawn);
  };
  svg.onpointercancel = () => {
    anchor = null;
    show(chosen);
  };
  svg.onkeydown = (event) => {
    const at = bins.indexOf(document.activeElement as SVGGElement);
    if (at < 0) return;
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    const next = Math.min(bins.length - 1, Math.max(0, at + step));
    if (step !== 0) {
      focus(next);
      if (event.shiftKey) onChoose(spanOf(...(chosen ?? ([at, at] as const)), next));
    } else if (event.key === 'Enter' || event.key === ' ') onChoose(isSameRange(chosen, [at, at]) ? null : [at, at]);
    else if (event.key === 'Escape') onChoose(null);
    else return;
    event.preventDefault();
  };
  return {
    mark(range) {
      chosen = range;
      show(range);
    },
  };
}
