/** Plotly, loaded when somebody wants to zoom into a chart, and the little of it that is used here. */

import type { Theme } from './theme.ts';

export type Trace = Readonly<Record<string, unknown>>;
export type Layout = Readonly<Record<string, unknown>>;

export interface Plotly {
  /** Draws, or changes what is drawn, in place. */
  react(node: HTMLElement, traces: readonly Trace[], layout: Layout, config: Layout): Promise<unknown>;
  purge(node: HTMLElement): void;
}

let loaded: Promise<Plotly> | null = null;

export function loadPlotly(): Promise<Plotly> {
  loaded ??= import('plotly.js-cartesian-dist-min').then((module: unknown) => {
    const { default: plotly } = module as { readonly default: Plotly };
    return plotly;
  });
  return loaded;
}

/** What every chart has in common. */
export function figureLayout({ grid, text, font }: Theme, layout: Layout): Layout {
  const axis = { gridcolor: grid, zerolinecolor: grid, linecolor: grid, automargin: true };
  return {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { color: text, family: font, size: 12 },
    margin: { l: 48, r: 16, t: 40, b: 40 },
    autosize: true,
    ...layout,
    xaxis: { ...axis, ...(layout['xaxis'] as Layout | undefined) },
    yaxis: { ...axis, ...(layout['yaxis'] as Layout | undefined) },
  };
}

/** The buttons around a figure are our own. */
export const FIGURE_CONFIG: Layout = { displayModeBar: false };
