/** What a chart's lines say at the step under the pointer. The table below the figure says it to who has no pointer. */

import { element, setAttributes } from '../dom.ts';
import { rounded } from '../text/numbers.ts';
import { oneLine } from '../text/visible-text.ts';
import type { Chart, StepChart } from './chart.ts';
import { linearScale, rangeOf } from './scale.ts';
import type { Drawing } from './shape.ts';
import { shapeElement } from './svg.ts';

export function attachReadout(svg: SVGSVGElement, chart: Chart, { plot, width }: Drawing): void {
  svg.role = 'img';
  svg.ariaLabel = summaryOf(chart);
  if (chart.kind === 'bars') return;
  const panel = svg.parentElement;
  panel?.querySelector('.evom-Readout')?.remove();
  const x = linearScale(rangeOf(chart.x), [plot.left + 4, plot.right - 4]);
  const line = shapeElement({
    tag: 'line',
    attributes: { y1: plot.top, y2: plot.bottom, class: 'evom-Chart-cursor', visibility: 'hidden' },
  });
  const box = element('div.Readout', { 'aria-hidden': 'true' });
  svg.append(line);
  panel?.append(box);
  const hide = (): void => {
    setAttributes(line, { visibility: 'hidden' });
    box.replaceChildren();
  };
  svg.onpointermove = ({ clientX }) => {
    const at = clientX - svg.getBoundingClientRect().left;
    const index = nearest(chart.x.map(x), at);
    if (index < 0) return;
    const place = x(chart.x[index] as number);
    setAttributes(line, { x1: place, x2: place, visibility: 'visible' });
    box.replaceChildren(...linesAt(chart, index).map((text) => element('div', text)));
    box.style.insetInlineStart = `${place > width / 2 ? 48 : width / 2}px`;
  };
  svg.onpointerleave = hide;
}

function linesAt({ x, xTitle, series, isShare }: StepChart, index: number): readonly string[] {
  const told = series.map(({ name, values, band }) => {
    const value = valueText(values[index] ?? null, isShare);
    const around = band?.[index];
    const interval =
      around === undefined ? '' : ` [${valueText(around.low, isShare)}, ${valueText(around.high, isShare)}]`;
    return `${oneLine(name, 24)}: ${value}${interval}`;
  });
  return [`${xTitle} ${x[index]}`, ...told];
}

/** One sentence with the newest values. */
export function summaryOf(chart: Chart): string {
  const title = oneLine(chart.title, 60);
  if (chart.kind === 'bars') return title;
  const last = chart.x.length - 1;
  return `${title}, ${linesAt(chart, last).join(', ')}`;
}

function valueText(value: number | null, isShare: boolean): string {
  if (value === null || !isShare) return rounded(value);
  return `${rounded(100 * value, 3)} %`;
}

function nearest(places: readonly number[], at: number): number {
  return places.reduce(
    (best, place, index) => (best < 0 || Math.abs(place - at) < Math.abs((places[best] as number) - at) ? index : best),
    -1,
  );
}
