/** What our views draw of their data, as panels for `plotly_figures.py`: the same numbers in as many charts. */

import type { HistogramData, RunData, RunStep } from '../../kernel/spec/mime.ts';

interface Panel {
  readonly title: string;
  readonly series: readonly {
    readonly name: string;
    readonly kind: 'bar' | 'line';
    readonly x: readonly number[];
    readonly y: readonly (number | null)[];
  }[];
}

/** Of the first step: it is the only one. */
export function histogramPanels({ parts, steps }: HistogramData): readonly Panel[] {
  return parts.map(({ name, edges }, part) => ({
    title: name,
    series: (steps[0]?.solvers ?? []).map(({ solver, counts }) => ({
      ...{ name: solver, kind: 'bar', x: edges.slice(0, -1), y: counts[part] ?? [] },
    })),
  }));
}

export function runPanels({ steps }: RunData): readonly Panel[] {
  const x = steps.map(({ index }) => index);
  const panel = (title: string, series: Readonly<Record<string, (step: RunStep) => number | null>>): Panel => ({
    title,
    series: Object.entries(series).map(([name, read]) => ({ name, kind: 'line', x, y: steps.map(read) })),
  });
  return [
    panel('accuracy', {
      'ε 0.05': ({ scores }) => scores[0]?.accuracy ?? null,
      low: ({ scores }) => scores[0]?.low ?? null,
      high: ({ scores }) => scores[0]?.high ?? null,
      'ε 0.0001': ({ scores }) => scores[1]?.accuracy ?? null,
      'low 0.0001': ({ scores }) => scores[1]?.low ?? null,
      'high 0.0001': ({ scores }) => scores[1]?.high ?? null,
    }),
    panel('reward', {
      total: ({ reward }) => reward.mean,
      answer: ({ reward }) => reward.parts['answer'] ?? null,
      format: ({ reward }) => reward.parts['format'] ?? null,
    }),
    panel('verdicts', {
      correct: ({ verdicts }) => verdicts['correct'] ?? 0,
      'missing-api': ({ verdicts }) => verdicts['missing-api'] ?? 0,
      'wrong-objective': ({ verdicts }) => verdicts['wrong-objective'] ?? 0,
    }),
    panel('groups', {
      'all pass': ({ groups }) => groups.allPass,
      'all fail': ({ groups }) => groups.allFail,
      'zero variance': ({ groups }) => groups.zeroVariance,
      'all masked': ({ groups }) => groups.allMasked,
    }),
    panel('loss', { loss: ({ loss }) => loss }),
    panel('KL', { KL: ({ kl }) => kl }),
    panel('clipped', { clipped: ({ clipFraction }) => clipFraction }),
    panel('entropy', { entropy: ({ entropy }) => entropy }),
    panel('gradient norm', { norm: ({ gradientNorm }) => gradientNorm }),
    panel('length', { thinking: ({ thinkingLength }) => thinkingLength, code: ({ codeLength }) => codeLength }),
    panel('tokens', { tokens: ({ completionTokens }) => completionTokens }),
    panel('tokens a second', { tokens: ({ tokensPerSecond }) => tokensPerSecond }),
    panel('programs a second', { programs: ({ programsPerSecond }) => programsPerSecond }),
  ];
}
