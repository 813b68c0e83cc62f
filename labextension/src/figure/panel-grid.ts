/**
 * Small charts beside one another, as many as there is room for. What has not changed is not drawn again; what has is drawn
 * over as many frames as it takes, and where nobody sees it not before changes have come to rest.
 */

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
  /** Draws all that is not drawn yet, as for a picture of the whole. */
  finish(): void;
  dispose(): void;
}

/** `onDrawn` may add to a chart what reacts to the pointer and the keyboard; it is called when the chart was drawn anew. */
export type OnDrawn = (svg: SVGSVGElement, chart: Chart, drawing: Drawing, index: number) => void;

interface Panel {
  readonly svg: SVGSVGElement;
  /** What is drawn, as JSON. */
  drawn: string;
  /** At first all are taken to be: their heights are needed. */
  isInSight: boolean;
  isWaiting: boolean;
}

/** Milliseconds of one frame that are spent on drawing. */
const FRAME_MS = 8;
/** What is out of sight is drawn when so long nothing has changed. */
const REST_MS = 300;

export function createPanelGrid(onDrawn: OnDrawn = attachReadout): PanelGrid {
  const node = element('div.Panels');
  const panels: Panel[] = [];
  let shown: readonly Chart[] = [];
  /** Of a panel; 0 before there is a layout. */
  let width = 0;
  let frame = 0;
  let rest = 0;

  const measure = (): void => {
    width = panels[0]?.svg.parentElement?.clientWidth || width;
  };
  const drawWaiting = (isResting: boolean, milliseconds = FRAME_MS): void => {
    cancelAnimationFrame(frame);
    const end = performance.now() + milliseconds;
    for (const [index, panel] of panels.entries()) {
      if (width === 0 || !panel.isWaiting || !(isResting || panel.isInSight)) continue;
      if (performance.now() > end) {
        frame = requestAnimationFrame(() => drawWaiting(isResting));
        return;
      }
      panel.isWaiting = false;
      drawPanel(panel, index);
    }
  };
  const drawPanel = (panel: Panel, index: number): void => {
    const chart = shown[index] as Chart;
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
  };
  const drawAnew = (): void => {
    for (const panel of panels) panel.isWaiting = true;
    drawWaiting(false);
    clearTimeout(rest);
    rest = window.setTimeout(() => drawWaiting(true), REST_MS);
  };

  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const panel = panels.find(({ svg }) => svg.parentElement === target);
      if (panel !== undefined) panel.isInSight = isIntersecting;
    }
    drawWaiting(false);
  });
  const size = new ResizeObserver(() => {
    measure();
    drawAnew();
  });
  size.observe(node);
  return {
    node,
    show(charts) {
      shown = charts;
      while (panels.length > shown.length) panels.pop()?.svg.parentElement?.remove();
      while (panels.length < shown.length) {
        const svg = createSvg();
        const held = element('div.Panel-chart', svg);
        panels.push({ svg, drawn: '', isInSight: true, isWaiting: true });
        node.append(held);
        sight.observe(held);
      }
      if (width === 0) measure();
      drawAnew();
    },
    finish: () => drawWaiting(true, Number.POSITIVE_INFINITY),
    dispose() {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
      sight.disconnect();
      size.disconnect();
    },
  };
}
