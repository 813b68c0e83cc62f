/** Accuracy of policies on solvers, as `application/vnd.evom.transfer.v1+json`: a matrix, or an evaluation as one row. */

import { pngOf } from '../../src/experiments/report/png.ts';
import { renderTable } from '../../src/text-table.ts';
import type { TransferCell, TransferData } from '../spec/mime.ts';
import { type Bundle, bundle } from './bundle.ts';
import { transferFigure } from './figures/transfer-figure.ts';
import { raw } from './text/html.ts';
import { markedWord, sortedCounts } from './text/marks.ts';
import { percentIn } from './text/numbers.ts';
import { oneLine } from './text/plain.ts';
import { paragraphs, progressHtml, progressLine } from './text/progress.ts';

/** Missing names that text tells of a cell. */
const NAMES = 5;

/** While it runs there are no scores to draw, so that HTML stands in for the picture. */
export function transferView(data: TransferData): Bundle {
  const isDrawn = data.rows.some(({ cells }) => cells.some(({ scores }) => scores.length > 0));
  const plain = transferPlain(data);
  return bundle(
    { 'application/vnd.evom.transfer.v1+json': data },
    isDrawn
      ? { picture: pngOf(transferFigure(data).svg), plain }
      : { html: raw`${progressHtml(data.progress, 'rollouts')}<pre>${verdictLines(data)}</pre>`.html, plain },
  );
}

function transferPlain(data: TransferData): string {
  const { problems, labelSet, rows, progress } = data;
  const scored = rows.flatMap(({ policy, trainedOn, cells }) =>
    cells.flatMap(({ solver, scores }) =>
      scores.map((score) => [
        ...[oneLine(policy, 40), trainedOn.join(', ') || '–', solver, String(score.epsilon)],
        ...[percentIn(score.accuracy, score), `${score.hits}/${score.n}`, String(score.masked)],
      ]),
    ),
  );
  const header = ['policy', 'trained on', 'judged on', 'ε', 'accuracy, 95 % interval', 'hits', 'masked'];
  return paragraphs(
    progressLine(progress, 'rollouts'),
    problems === null ? '' : `Problems ${oneLine(problems)}, labels ${labelSet}.`,
    scored.length === 0 ? '' : renderTable([header, ...scored]),
    passLines(data),
    verdictLines(data),
  );
}

function passLines({ rows }: TransferData): string {
  const told = rows.flatMap(({ policy, cells }) =>
    cells.flatMap(({ solver, passAtK }) =>
      passAtK.map((pass) => [
        ...[oneLine(policy, 40), solver, String(pass.epsilon)],
        ...[`pass@${pass.k}`, percentIn(pass.value, pass)],
      ]),
    ),
  );
  return told.length === 0 ? '' : renderTable([['policy', 'judged on', 'ε', '', 'share'], ...told]);
}

function verdictLines({ rows }: TransferData): string {
  return rows
    .flatMap(({ policy, cells }) => cells.map((cell) => verdictLine(policy, cell)))
    .filter((line) => line !== '')
    .join('\n');
}

function verdictLine(policy: string, { solver, verdicts, missingNames }: TransferCell): string {
  if (verdicts === null) return '';
  const counts = sortedCounts(verdicts).map(([word, count]) => `${count} ${markedWord(word)}`);
  const names = (missingNames ?? []).slice(0, NAMES).map(({ name, count }) => `${oneLine(name, 60)} (${count})`);
  const missing = names.length === 0 ? '' : `; the API lacks ${names.join(', ')}`;
  return `${oneLine(policy, 40)} on ${solver}: ${counts.join(', ')}${missing}`;
}
