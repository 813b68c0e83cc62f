/** What untrusted programs and models write stays text, in every view. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RolloutsData } from '../../kernel/spec/mime.ts';
import { makeCell, makeHistogram, makeRun, makeScore, makeStep, makeTransfer } from '../labextension/figure-data.ts';
import { describeInLab } from './describe-in-lab.ts';
import { unfold } from './lab-page.ts';
import type { LabPlace } from './lab-session.ts';
import { writeOutputs } from './notebooks.ts';

/** Each would set `window.injected`, load something or hide what follows, were it not text. */
const INJECTIONS: readonly string[] = [
  '<script>window.injected = 1</script>',
  '<img src=x onerror="window.injected = 2">',
  '<svg onload="window.injected = 3"><script>window.injected = 3</script></svg>',
  '<a href="javascript:window.injected = 4">press</a>',
  '<iframe srcdoc="<script>parent.injected = 5</script>"></iframe>',
  '<style>* { display: none !important }</style>',
  '"><button onclick="window.injected = 6">x</button>',
  "' onfocus='window.injected = 7' autofocus='",
  '</table></div></pre><h1>outside</h1>',
  '<a href="https://example.org">a link</a>',
  '[a link](javascript:window.injected=8)',
  '<math><mtext><img src=x onerror="window.injected = 9"></mtext></math>',
  '<form action="https://example.org"><input name=q></form>',
  '<object data="data:text/html,<script>top.injected=10</script>"></object>',
  '<base href="https://example.org/">',
  '<meta http-equiv="refresh" content="0;url=https://example.org">',
  '<details open ontoggle="window.injected = 11">',
  '<video><source onerror="window.injected = 12"></video>',
  '<template><script>window.injected = 13</script></template>',
  '&lt;script&gt;window.injected = 14&lt;/script&gt;',
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://example.org\u0007a link\u001b]8;;\u0007',
  '\u202egnp.exe',
  '\u2066isolated\u2069',
  'null\u0000byte',
  '__proto__',
  'constructor',
  'toString',
  '%{customdata} $x$ {{7*7}}',
  `long ${'x'.repeat(5_000_000)}`,
];
/** What none of the texts may become. */
const ELEMENTS =
  'script, img, iframe, object, embed, style, a[href], base, meta, form, video, math, template, h1, svg svg';

function bundlesOf(text: string): readonly Readonly<Record<string, unknown>>[] {
  const key = (value: number): Readonly<Record<string, number>> => Object.fromEntries([[text.slice(0, 200), value]]);
  const short = text.slice(0, 1000);
  const step = makeStep(0, { verdicts: key(16), reward: { mean: 1, parts: key(1) } });
  const cause = { kind: 'format', share: 1, sentence: short, advice: short } as const;
  const histogram = makeHistogram(2, {
    reward: short,
    parts: ['total', short].map((name) => ({ name, edges: [0, 0.5, 1, 1.5, 2] })),
    lint: { cases: 1, failed: [{ name: short, what: short }] },
  });
  const progress = { state: 'failed', done: 1, total: 2, secondsLeft: null, error: short } as const;
  const cell = makeCell('highs', makeScore(0.5, { rule: short }), {
    verdicts: key(3),
    missingNames: [{ name: short, count: 1 }],
  });
  const run = makeRun(0, { run: short, folder: short, writing: text, steps: [step], cause, histogram, progress });
  const transfer = makeTransfer({
    problems: short,
    labelSet: short,
    progress,
    solvers: ['highs'],
    rows: [{ policy: short, trainedOn: [], cells: [cell] }],
  });
  const rollouts: RolloutsData = {
    ...{
      stage: 'generated',
      progress: { ...progress, state: 'running' },
      run: null,
      rule: null,
      total: 1,
      textLimit: 5000,
      counts: {},
    },
    problems: [{ id: short, text: { text, length: text.length }, source: short, answer: null }],
    rows: [
      {
        ...{
          problem: 0,
          solver: 'highs',
          sample: 0,
          step: null,
          position: null,
          observation: null,
          reward: null,
          advantage: null,
        },
        completion: { text: { text, length: text.length }, tokens: 3, truncated: false },
      },
    ],
  };
  return [
    { 'application/vnd.evom.run.v1+json': run, 'text/plain': 'run' },
    { 'application/vnd.evom.histogram.v1+json': histogram, 'text/plain': 'histogram' },
    { 'application/vnd.evom.transfer.v1+json': transfer, 'text/plain': 'transfer' },
    { 'application/vnd.evom.rollouts.v1+json': rollouts, 'text/plain': 'rollouts' },
  ];
}

const BUNDLES = INJECTIONS.flatMap(bundlesOf);

function prepare({ notebooks }: LabPlace): void {
  writeOutputs(join(notebooks, 'injections.ipynb'), BUNDLES);
}

describeInLab('untrusted texts', { prepare }, (lab) => {
  test(`${INJECTIONS.length} injections are shown as text`, async () => {
    const { page, errors } = await lab().open('injections.ipynb', { hasKernel: true });
    await expect.poll(() => page.locator('.evom-View').count(), { timeout: 60_000 }).toBe(BUNDLES.length);
    await page.waitForTimeout(2000);
    await unfold(page);
    const made = `[...document.querySelectorAll('.evom-View :is(${ELEMENTS})')].map((node) => node.outerHTML.slice(0, 100))`;
    expect(await page.evaluate(made)).toEqual([]);
    expect(await page.evaluate('window.injected ?? null')).toBeNull();
    expect(await page.evaluate('({}).injected ?? Object.prototype[16] ?? null')).toBeNull();
    const texts = (await page.locator('.evom-View').allInnerTexts()).join('\n');
    for (const injection of INJECTIONS.slice(0, 10))
      expect(texts.includes(injection.slice(0, 20)), injection).toBe(true);
    for (const hidden of ['\u001b', '\u202e', '\u2066', '\u0000']) expect(texts.split(hidden)).toHaveLength(1);
    expect(errors).toEqual([]);
  }, 180_000);
});
