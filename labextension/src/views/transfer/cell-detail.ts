/** What is behind a cell: verdicts with their shares, and the names that the API lacks. */

import { element, known } from '../../dom.ts';
import { percent } from '../../figure/score-text.ts';
import { entriesOf } from '../../own.ts';
import { solverTitle } from '../../palette.ts';
import { markedWord } from '../../parts/marked-word.ts';
import { oneLine } from '../../text/visible-text.ts';
import type { MatrixCell, MatrixRow } from './matrix-cells.ts';

/** Names that are told here; the table has all. */
const NAMES = 8;

export function cellDetail({ name }: MatrixRow, { cell, text, n, mark, score }: MatrixCell): readonly HTMLElement[] {
  const { solver, verdicts, missingNames, passAtK } = cell;
  const counts = entriesOf(verdicts ?? {}).sort(([, left], [, right]) => right - left);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const masked = score === null || score.masked === 0 ? '' : `, ${score.masked} masked`;
  const names = (missingNames ?? [])
    .slice(0, NAMES)
    .map(({ name: missing, count }) => `${oneLine(missing, 60)} (${count})`);
  const passes = passAtK.map(({ k, epsilon, value }) => `pass@${k} at ε ${epsilon}: ${percent(value)}`);
  return known([
    element(
      'p',
      element('strong', `${name} on ${solverTitle(solver)}`),
      ` ${[`${text}, n ${n}${masked}`, mark].filter(Boolean).join(' ')}`,
    ),
    passes.length > 0 && element('p', passes.join(', ')),
    verdicts === null
      ? element('p.Quiet', 'The rollouts of this cell are not known here.')
      : element(
          'ul.Cell-verdicts',
          ...counts.map(([verdict, count]) =>
            element('li', markedWord(verdict), ` ${count} (${percent(count / total)})`),
          ),
        ),
    names.length > 0 && element('p', `The API lacks: ${names.join(', ')}`),
  ]);
}
