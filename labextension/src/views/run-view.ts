/** A training run while it runs and afterwards: its state, a grid of curves, and the rewards of every step. */

import type { HistogramData, RunData } from '../../../kernel/spec/mime.ts';
import { element } from '../dom.ts';
import { createFigure } from '../figure/figure.ts';
import { stepTable } from '../figure/figure-table.ts';
import { createPanelGrid } from '../figure/panel-grid.ts';
import { downloadPicture } from '../figure/picture.ts';
import type { View } from '../view-renderer.ts';
import { createHistogramView } from './histogram-view.ts';
import { runCharts } from './run/run-charts.ts';
import { createRunHead } from './run/run-head.ts';
import { runSummary, runTitle } from './run/run-summary.ts';

export function createRunView(node: HTMLElement): View<RunData> {
  const head = createRunHead();
  const grid = createPanelGrid();
  const body = element('div', head.node, grid.node);
  const figure = createFigure(body, 'run', savePicture);
  const heldRewards = element('div');
  const rewards = createHistogramView(heldRewards);
  const disclosure = element('details.Fold', element('summary', 'Rewards of every step'), heldRewards);
  let histogram: HistogramData | null = null;
  const drawRewards = (): void => {
    if (disclosure.open && histogram !== null) void rewards.render(histogram);
  };
  disclosure.addEventListener('toggle', drawRewards);
  node.append(figure.node, disclosure);

  function savePicture(title: string): Promise<void> {
    grid.finish();
    return downloadPicture(body, title, 'run');
  }

  return {
    render(data) {
      const charts = runCharts(data.steps);
      head.show(data);
      grid.show(charts);
      const tables = () => [stepTable('By step', charts)];
      figure.show({ title: runTitle(data), summary: runSummary(data), tables, charts });
      histogram = data.histogram;
      disclosure.hidden = data.histogram.steps.length === 0;
      drawRewards();
    },
    dispose() {
      grid.dispose();
      figure.dispose();
      rewards.dispose?.();
    },
  };
}
