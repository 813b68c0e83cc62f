/** A user's own set, in JSONL, JSON, CSV or Parquet: `text` and `answer`, and an `id` where there is one. */

import { idOf, type ProblemFormat } from './format.ts';

export const plain: ProblemFormat = {
  name: 'plain',
  summary: '`text` (or `problem`, as in the rows of `evom verify`), `answer`, and `id` where there is one',
  idScope: 'global',
  matches: (row) => ('text' in row || 'problem' in row) && 'answer' in row,
  read: (row) => {
    const textField = 'problem' in row && !('text' in row) ? 'problem' : 'text';
    return {
      id: idOf(row['id']),
      text: row[textField],
      textField,
      label: row['answer'],
      labelField: 'answer',
    };
  },
};
