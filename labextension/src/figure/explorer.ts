/** One chart of a figure, large, with zoom, pan and hover, by Plotly. It is loaded when somebody asks for it. */

import { button, element } from '../dom.ts';
import { showOptions } from '../parts/show-options.ts';
import { FIGURE_CONFIG, figureLayout, loadPlotly } from '../plotly.ts';
import { oneLine } from '../text/visible-text.ts';
import { onThemeChange, readTheme } from '../theme.ts';
import type { Chart } from './chart.ts';
import { plotlyTraces } from './plotly-traces.ts';

export interface Explorer {
  readonly toggle: HTMLButtonElement;
  readonly node: HTMLElement;
  show(charts: readonly Chart[]): void;
  dispose(): void;
}

export function createExplorer(): Explorer {
  let charts: readonly Chart[] = [];
  let isDrawing = false;
  const plot = element('div.Explorer-plot');
  const choice = element('select.Select');
  const node = element('div.Explorer', { hidden: true }, element('label', 'Chart ', choice), plot);
  const draw = async (): Promise<void> => {
    const chart = charts[choice.selectedIndex];
    if (node.hidden || isDrawing || chart === undefined) return;
    isDrawing = true;
    try {
      const plotly = await loadPlotly();
      const theme = readTheme(node);
      const style = getComputedStyle(node);
      const { traces, layout } = plotlyTraces(chart, (property) => style.getPropertyValue(property).trim());
      if (!node.hidden) await plotly.react(plot, traces, figureLayout(theme, layout), FIGURE_CONFIG);
    } finally {
      isDrawing = false;
    }
  };
  const purge = (): void => void loadPlotly().then((plotly) => plotly.purge(plot));
  const toggle = button(
    'Zoom',
    () => {
      node.hidden = !node.hidden;
      toggle.ariaExpanded = String(!node.hidden);
      if (node.hidden) purge();
      else void draw();
    },
    { 'aria-expanded': 'false' },
  );
  choice.addEventListener('change', () => void draw());
  const stopWatching = onThemeChange(() => void draw());
  const observer = new ResizeObserver(() => void draw());
  observer.observe(node);
  return {
    toggle,
    node,
    show(given) {
      charts = given;
      toggle.hidden = charts.length === 0;
      showOptions(
        choice,
        charts.map(({ title }) => oneLine(title, 60)),
      );
      void draw();
    },
    dispose() {
      stopWatching();
      observer.disconnect();
      if (!node.hidden) purge();
    },
  };
}
