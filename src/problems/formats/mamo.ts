/** MAMO as its authors publish it: `id`, `Question`, `Answer`, `Category`, `Type`. */

import { idOf, type ProblemFormat } from './format.ts';

export const mamo: ProblemFormat = {
  name: 'mamo',
  summary: '`Question` and `Answer` (MAMO’s own files)',
  idScope: 'set',
  matches: (row) => 'Question' in row && 'Answer' in row,
  read: (row) => ({
    id: idOf(row['id']),
    text: row['Question'],
    textField: 'Question',
    label: row['Answer'],
    labelField: 'Answer',
  }),
};
