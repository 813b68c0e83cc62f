/** A chart as Plotly's traces. Plotly takes texts for a little HTML, links among it: names of others are made plain. */

import type { Layout, Trace } from '../plotly.ts';
import { oneLine } from '../text/visible-text.ts';
import type { BarChart, Chart, StepChart } from './chart.ts';

/** After `#rrggbb`: a band lets the grid shine through. */
const TRANSPARENT = '2e';

export interface PlotlyFigure {
  readonly traces: readonly Trace[];
  readonly layout: Layout;
}

/** `colourOf` a property of `style/figures.css`. */
export function plotlyTraces(chart: Chart, colourOf: (property: string) => string): PlotlyFigure {
  const isShare = chart.kind !== 'bars' && chart.isShare;
  return {
    traces: chart.kind === 'bars' ? barTraces(chart, colourOf) : stepTraces(chart, colourOf),
    layout: {
      // Another chart is another picture: it does not take over the zoom.
      uirevision: chart.title,
      title: { text: plainText(chart.title) },
      barmode: 'stack',
      bargap: 0.05,
      xaxis: { title: { text: plainText(chart.xTitle) } },
      yaxis: isShare ? { tickformat: '.0%', range: [0, 1] } : {},
      showlegend: chart.series.length > 1,
      legend: { orientation: 'h', y: -0.25 },
      hovermode: 'x unified',
    },
  };
}

function stepTraces({ kind, x, series }: StepChart, colourOf: (property: string) => string): readonly Trace[] {
  return series.flatMap(({ name, colour, values, band }, index): readonly Trace[] => {
    const own = colourOf(colour);
    const line = {
      ...{ type: 'scatter', mode: x.length > 1 ? 'lines' : 'markers', x, y: values, name: plainText(name) },
      ...(kind === 'stack'
        ? { stackgroup: 'all', fillcolor: own, line: { color: own, width: 0.5 } }
        : { line: { color: own, dash: ['solid', 'dash', 'dot', 'dashdot'][index % 4] }, marker: { color: own } }),
    };
    if (band === undefined) return [line];
    const edge = {
      type: 'scatter',
      mode: 'lines',
      x,
      line: { width: 0, color: own },
      showlegend: false,
      hoverinfo: 'skip',
    };
    return [
      { ...edge, y: band.map(({ low }) => low) },
      { ...edge, y: band.map(({ high }) => high), fill: 'tonexty', fillcolor: `${own}${TRANSPARENT}` },
      line,
    ];
  });
}

function barTraces({ edges, series }: BarChart, colourOf: (property: string) => string): readonly Trace[] {
  const bins = edges.slice(1).map((edge, bin) => ({ low: edges[bin] as number, high: edge }));
  return series.map(({ name, colour, values }) => ({
    ...{ type: 'bar', name: plainText(name), y: values, marker: { color: colourOf(colour) } },
    x: bins.map(({ low, high }) => (low + high) / 2),
    width: bins.map(({ low, high }) => high - low),
  }));
}

export function plainText(text: string): string {
  return oneLine(text, 80).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
