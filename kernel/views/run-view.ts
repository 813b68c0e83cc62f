/** A training run, or one update, as `application/vnd.evom.run.v1+json`. */

import { pngOf } from '../../src/experiments/report/png.ts';
import { renderTable } from '../../src/text-table.ts';
import type { RunData, RunStep } from '../spec/mime.ts';
import { type Bundle, bundle } from './bundle.ts';
import { runFigure } from './figures/run-figure.ts';
import { htmlTable, preformatted, raw } from './text/html.ts';
import { markedWord, sortedCounts } from './text/marks.ts';
import { percentIn, rounded, settled } from './text/numbers.ts';
import { oneLine, printable } from './text/plain.ts';
import { paragraphs, progressHtml, progressLine } from './text/progress.ts';

/** Steps that a table shows, the newest ones. */
const ROWS = 12;
/** Lines of what is being written. */
const LINES = 6;

/** A picture takes a tenth of a second, so that HTML stands in for it until the run is done: an interrupt does not wait. */
export function runView(data: RunData): Bundle {
  const isDrawn = data.progress.state === 'done' && data.steps.length > 0;
  const plain = runPlain(data);
  return bundle(
    { 'application/vnd.evom.run.v1+json': data },
    isDrawn ? { picture: pngOf(runFigure(data).svg), plain } : { html: runHtml(data), plain },
  );
}

function runPlain(data: RunData): string {
  return paragraphs(
    titleOf(data),
    progressLine(data.progress, 'steps'),
    underWay(data),
    causeOf(data),
    data.steps.length === 0 ? '' : renderTable([HEADER, ...data.steps.slice(-ROWS).map(rowOf)]),
    verdictsOf(data.steps.at(-1)),
  );
}

function runHtml(data: RunData): string {
  const lines = [titleOf(data), underWay(data), causeOf(data), verdictsOf(data.steps.at(-1))].filter(
    (one) => one !== '',
  );
  const written = printable(data.writing ?? '')
    .trimEnd()
    .split('\n')
    .slice(-LINES)
    .join('\n');
  const table = data.steps.length === 0 ? '' : htmlTable(HEADER, data.steps.slice(-ROWS).map(rowOf));
  return raw`${progressHtml(data.progress, 'steps')}${lines.map((line) => raw`<p>${line}</p>`)}${table}${written === '' ? '' : preformatted(written)}`
    .html;
}

function titleOf({ run, folder, solvers, stored }: RunData): string {
  if (run === null) return `Update by hand on ${solvers.join(', ')}.`;
  const before = stored > 0 ? `; ${stored} steps were there already` : '';
  return `Run ${oneLine(run, 80)} on ${solvers.join(', ')}${folder === null ? '' : `, kept in ${oneLine(folder, 120)}`}${before}.`;
}

function underWay({ stepProgress, progress }: RunData): string {
  if (stepProgress === null || progress.state !== 'running') return '';
  return `Step ${progress.done}: ${stepProgress.done} of ${stepProgress.total} rollouts are judged.`;
}

function causeOf({ cause }: RunData): string {
  return cause === null ? '' : `Nothing is learnt. ${cause.sentence} ${cause.advice}`;
}

function verdictsOf(step: RunStep | undefined): string {
  if (step === undefined) return '';
  const counts = sortedCounts(step.verdicts).map(([word, count]) => `${count} ${markedWord(word)}`);
  return `Step ${step.index}: ${counts.join(', ')}.`;
}

const HEADER = [
  ...['step', 'accuracy, 95 % interval', 'reward', 'loss', 'kl', 'clipped', 'entropy', 'tokens', 'masked'],
  ...['mute groups', 'validation'],
];

/** `mute`: groups that teach nothing. Accuracy is at the looser ε. */
function rowOf({ index, scores, reward, groups, validation, ...step }: RunStep): readonly string[] {
  const [score] = scores;
  return [
    String(index),
    score === undefined ? '–' : percentIn(score.accuracy, score),
    ...[reward.mean, settled(step.loss), step.kl, step.clipFraction, step.entropy].map((value) => rounded(value, 3)),
    ...[step.completionTokens, step.masked].map((value) => rounded(value, 3)),
    `${groups.zeroVariance + groups.allMasked}/${groups.total}`,
    validation === null ? '–' : percentIn(validation.accuracy, validation),
  ];
}
