/**
 * OptiBench as ReSocratic publishes it: a JSON array of `question`, `results` (a name → value object), `code`, `type`,
 * `index`. The file does not say which result is the objective; its own evaluation compares them all. The objective is
 * printed last, so the last value is the label. SIRL's OptiBench labels agree where the two were compared, including the
 * zeros that this gives where a program printed a variable after its objective: `evom problems lint` points at those.
 */

import { idOf, type ProblemFormat, type Row } from './format.ts';

export const resocratic: ProblemFormat = {
  name: 'resocratic',
  summary: '`question` and `results`, whose last value is the label (ReSocratic’s OptiBench)',
  idScope: 'set',
  matches: (row) => 'question' in row && typeof row['results'] === 'object' && row['results'] !== null,
  read: (row) => ({
    id: idOf(row['index']) ?? idOf(row['id']),
    text: row['question'],
    textField: 'question',
    label: lastResult(row),
    labelField: 'results',
  }),
};

function lastResult(row: Row): unknown {
  const results = row['results'];
  return typeof results === 'object' && results !== null ? Object.values(results).at(-1) : undefined;
}
