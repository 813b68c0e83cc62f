/**
 * OR-Instruct as (question, answer) pairs, the paper's training set. The sample on the Hugging Face hub has `prompt` and
 * `completion`, which is a demonstration without a label: it has to be run and labelled first, and is refused here.
 */

import { idOf, type ProblemFormat } from './format.ts';

export const orInstruct: ProblemFormat = {
  name: 'or-instruct',
  summary: '`question` and `answer` (OR-Instruct pairs)',
  idScope: 'set',
  matches: (row) => 'question' in row && 'answer' in row,
  read: (row) => ({
    id: idOf(row['id']),
    text: row['question'],
    textField: 'question',
    label: row['answer'],
    labelField: 'answer',
  }),
};
