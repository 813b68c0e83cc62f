/**
 * Rewards: bars for each part at one step, all steps as a ridgeline, and what each solver's groups could teach. Where the
 * output holds the rollouts too, their table follows, and bins that are chosen filter it.
 */

import type { HistogramData, HistogramStep, RolloutsData } from '../../../kernel/spec/mime.ts';
import { button, element } from '../dom.ts';
import type { BarChart } from '../figure/chart.ts';
import { createFigure } from '../figure/figure.ts';
import { createPanelGrid } from '../figure/panel-grid.ts';
import { downloadPicture } from '../figure/picture.ts';
import { tableNode } from '../figure/table-node.ts';
import { oneLine } from '../text/visible-text.ts';
import type { View } from '../view-renderer.ts';
import { type BinRange, binName } from './histogram/bin-range.ts';
import { attachBrush, type Brush } from './histogram/brush.ts';
import { histogramCharts } from './histogram/histogram-chart.ts';
import { binTable, groupTable, histogramSummary } from './histogram/histogram-table.ts';
import { lintNode } from './histogram/lint-node.ts';
import { createRidgelineView } from './histogram/ridgeline-view.ts';
import { createSolverChoice } from './histogram/solver-choice.ts';
import { createStepSlider } from './histogram/step-slider.ts';
import { createRolloutsView, type RolloutsView } from './rollouts-view.ts';

/** Rewards of a part that somebody chose. */
export interface RewardRange {
  readonly part: string;
  readonly low: number;
  /** Not included. */
  readonly high: number;
}

export interface HistogramOptions {
  /** Null: all rewards again. */
  readonly onChoose?: (range: RewardRange | null) => void;
}

const NO_STEP: HistogramStep = { step: null, solvers: [] };

export function createHistogramView(node: HTMLElement, { onChoose }: HistogramOptions = {}): View<HistogramData> {
  let data: HistogramData = { reward: null, parts: [], steps: [], lint: null };
  let charts: readonly BarChart[] = [];
  let chosen: { readonly part: number; readonly bins: BinRange } | null = null;
  const brushes = new Map<number, Brush>();

  const slider = createStepSlider(() => draw());
  const solvers = createSolverChoice(() => draw());
  const grid = createPanelGrid((svg, chart, _, part) => {
    if (chart.kind !== 'bars') return;
    brushes.set(
      part,
      attachBrush(svg, chart, (bins) => choose(part, bins)),
    );
    markAll();
  });
  const ridges = createRidgelineView((position) => slider.choose(position));
  const remark = element('p.Chosen', { role: 'status' });
  const title = element('p.Title');
  const heldGroups = element('div');
  const heldLint = element('div');
  const body = element('div', title, solvers.node, slider.node, grid.node, remark, heldGroups, heldLint, ridges.node);
  const figure = createFigure(body, 'rewards', savePicture);
  let rollouts: RolloutsView | null = null;
  node.append(figure.node);

  function savePicture(title: string): Promise<void> {
    grid.finish();
    return downloadPicture(body, title, 'rewards');
  }

  function choose(part: number, bins: BinRange | null): void {
    chosen = bins === null ? null : { part, bins };
    markAll();
    const chart = charts[part];
    const range =
      chosen === null || chart === undefined
        ? null
        : {
            part: chart.title,
            low: chart.edges[chosen.bins[0]] ?? -Infinity,
            high: chart.edges[chosen.bins[1] + 1] ?? Infinity,
          };
    rollouts?.filterByReward(range?.part ?? null, range?.low, range?.high);
    onChoose?.(range);
  }

  function markAll(): void {
    for (const [part, brush] of brushes) brush.mark(chosen?.part === part ? chosen.bins : null);
    const chart = chosen === null ? undefined : charts[chosen.part];
    if (chosen === null || chart === undefined) remark.replaceChildren();
    else {
      remark.replaceChildren(
        `Chosen: ${oneLine(chart.title, 40)} from ${binName(chart, chosen.bins)} `,
        button('Show all', () => choose(chosen?.part ?? 0, null)),
      );
    }
  }

  function draw(): void {
    const position = slider.show(data.steps.map(({ step }, index) => String(step ?? index)));
    const step = data.steps[position] ?? NO_STEP;
    solvers.show([...new Set(data.steps.flatMap((one) => one.solvers.map(({ solver }) => solver)))]);
    charts = histogramCharts(data, step, solvers.hidden);
    grid.show(charts);
    ridges.show(data, solvers.hidden, position);
    const groups = groupTable(data, step);
    heldGroups.replaceChildren(tableNode(groups));
    heldLint.replaceChildren(...lintNode(data.lint));
    title.textContent = data.reward === null ? 'Rewards' : `Rewards by ${oneLine(data.reward, 60)}`;
    figure.show({
      title: title.textContent,
      summary: histogramSummary(data, step),
      tables: () => [binTable(data)],
      charts,
    });
  }

  function drawRollouts(given: RolloutsData | undefined): void {
    if (given === undefined) return;
    if (rollouts === null) {
      const held = element('div');
      node.append(held);
      rollouts = createRolloutsView(held);
    }
    void rollouts.render(given);
  }

  return {
    render(given, bundle = {}) {
      data = given;
      draw();
      drawRollouts(bundle['application/vnd.evom.rollouts.v1+json']);
    },
    resize: () => rollouts?.resize?.(),
    dispose() {
      grid.dispose();
      ridges.dispose();
      figure.dispose();
      rollouts?.dispose?.();
    },
  };
}
