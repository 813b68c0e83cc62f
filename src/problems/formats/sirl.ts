/**
 * NL4OPT, MAMO Easy and Complex, IndustryOR, OptiBench and OptMATH as SIRL (and OptMATH, and ORLM) publish them:
 * `en_question` and `en_answer`, with `id`, `difficulty`, `is_checked` or `original_answer` in some files. Labels come as
 * numbers and as text. Some files named `.json` hold JSONL. The translated files say `ch_question`.
 *
 * SIRL's README: "The answers of infeasible problems are 'No Best Solution' or '-99999'", so -99999 is no solution here.
 * Not covered: its MAMO Easy also has one label of -9999, which the README does not name; it stays a number, and
 * `evom problems lint` points at it.
 */

import { idOf, type ProblemFormat } from './format.ts';

const NO_SOLUTION = -99999;

export const sirl: ProblemFormat = {
  name: 'sirl',
  summary: '`en_question` (or `ch_question`) and `en_answer`: NL4OPT, MAMO, IndustryOR, OptiBench, OptMATH',
  idScope: 'set',
  matches: (row) => ('en_question' in row || 'ch_question' in row) && 'en_answer' in row,
  read: (row) => {
    const textField = 'ch_question' in row && !('en_question' in row) ? 'ch_question' : 'en_question';
    const label = row['en_answer'];
    const isText = typeof label === 'string' && label.trim() !== '';
    const isNoSolution = (isText || typeof label === 'number') && Number(label) === NO_SOLUTION;
    return {
      id: idOf(row['id']),
      text: row[textField],
      textField,
      label: isNoSolution ? 'No Best Solution' : label,
      labelField: 'en_answer',
    };
  },
};
