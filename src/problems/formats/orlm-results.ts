/**
 * ORLM's result files (`results/…/executed.jsonl`): SIRL's fields, and what one program did: `to_run_script` (absent where
 * the model wrote no program), `execution_result`, `execution_best_solution`, `execution_state`. Only question and label
 * are read here.
 *
 * ORLM's own evaluation takes a label of -99999 for a number, which no run can meet, so it stays a number: a set read
 * from this file gives the published accuracy. A file with several runs per question reports the repeats.
 */

import { idOf, type ProblemFormat } from './format.ts';

export const orlmResults: ProblemFormat = {
  name: 'orlm-results',
  summary: '`en_question`, `en_answer` and `execution_best_solution`, `execution_state` (ORLM’s executed.jsonl)',
  idScope: 'set',
  matches: (row) => 'en_question' in row && ('execution_best_solution' in row || 'to_run_script' in row),
  read: (row) => ({
    id: idOf(row['id']),
    text: row['en_question'],
    textField: 'en_question',
    label: row['en_answer'],
    labelField: 'en_answer',
  }),
};
