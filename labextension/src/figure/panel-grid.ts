/** Small charts beside one another, as many as there is room for. What has not changed is not drawn again. */

import { element } from '../dom.ts';
import { drawBarChart } from './bar-chart.ts';
import type { Chart } from './chart.ts';
import { attachReadout } from './readout.ts';
import type { Drawing } from './shape.ts';
import { drawStepChart } from './step-chart.ts';
import { createSvg, drawInto } from './svg.ts';

export interface PanelGrid {
  readonly node: HTMLElement;
  show(charts: readonly Chart[]): void;
  dispose(): void;
}

/** `onDrawn` may add to a chart what reacts to the pointer and the keyboard; it is called when the chart was drawn anew. */
export type OnDrawn = (svg: SVGSVGElement, chart: Chart, drawing: Drawing, index: number) => void;

interface Panel {
  readonly svg: SVGSVGElement;
  /** What is drawn, as JSON. */
  drawn: string;
}

/** Before there is a layout. While a theme is changed there is none either. */
const FIRST_WIDTH = 320;

export function createPanelGrid(onDrawn: OnDrawn = attachReadout): PanelGrid {
  const node = element('div', { class: 'evom-Panels' });
  const panels: Panel[] = [];
  let shown: readonly Chart[] = [];
  let width = FIRST_WIDTH;
  const draw = (): void => {
    while (panels.length > shown.length) panels.pop()?.svg.parentElement?.remove();
    while (panels.length < shown.length) {
      const svg = createSvg();
      panels.push({ svg, drawn: '' });
      node.append(element('div', { class: 'evom-Panel-chart' }, svg));
    }
    width = panels[0]?.svg.parentElement?.clientWidth || width;
    shown.forEach((chart, index) => {
      const panel = panels[index] as Panel;
      const key = JSON.stringify([width, chart]);
      if (key === panel.drawn) return;
      panel.drawn = key;
      const drawing = chart.kind === 'bars' ? drawBarChart(chart, width) : drawStepChart(chart, width);
      const focused = panel.svg.contains(document.activeElement)
        ? document.activeElement?.getAttribute('data-bin')
        : null;
      drawInto(panel.svg, drawing);
      onDrawn(panel.svg, chart, drawing, index);
      if (focused) panel.svg.querySelector<SVGElement>(`[data-bin="${Number(focused)}"]`)?.focus();
    });
  };
  const observer = new ResizeObserver(draw);
  observer.observe(node);
  return {
    node,
    show(charts) {
      shown = charts;
      draw();
    },
    dispose: () => observer.disconnect(),
  };
}
