/** What became of programs that were wrong, and which names of an API were invented. Pure. */

import { OUTCOMES, type Verdict } from '../../types.ts';
import type { ScoreRow } from '../judging/score-row.ts';
import { HELD_OUT } from '../problem-sets.ts';
import type { Results } from '../results.ts';
import { percent, type Table } from './table.ts';

const VERDICTS: readonly Verdict[] = [
  'correct',
  'wrong-objective',
  'wrong-status',
  ...OUTCOMES.filter((outcome) => outcome !== 'solved'),
];

/** How many missing names and exceptions are told of an arm and a solver. */
const TOP = 5;

export function failureTables(results: Results): readonly Table[] {
  return [verdictsTable(results), namesTable(results)];
}

interface Group {
  readonly label: string;
  readonly solver: string;
  readonly rows: readonly ScoreRow[];
}

/** Marked arms on the held-out set, greedy, all seeds together. */
function groupsOf({ record, rows }: Results): readonly Group[] {
  const some = rows.filter(({ split, mode }) => split === HELD_OUT && mode === 'greedy');
  const groups = Map.groupBy(some, ({ arm, solver }) => `${arm} ${solver}`);
  return record.arms
    .filter(({ isMarked }) => isMarked)
    .flatMap(({ name, label, judgedOn }) =>
      judgedOn.flatMap((solver) => {
        const own = groups.get(`${name} ${solver}`);
        return own === undefined ? [] : [{ label, solver, rows: own }];
      }),
    );
}

function verdictsTable(results: Results): Table {
  const groups = groupsOf(results);
  const words = VERDICTS.filter((word) => groups.some(({ rows }) => rows.some(({ verdict }) => verdict === word)));
  return {
    title: 'What became of the programs',
    note: 'shares of completions in percent, held-out set, greedy, ε 0.05, all seeds together; `5 % only`: correct at ε 0.05 and not at 0.0001, such as a constraint that was forgotten and hardly bound',
    header: ['trained on', 'judged on', 'n', ...words, '5 % only'],
    rows: groups.map(({ label, solver, rows }) => {
      const share = (count: number): string => percent(count / rows.length);
      const loose = rows.filter(({ verdict, strictVerdict }) => verdict === 'correct' && strictVerdict !== 'correct');
      const counts = words.map((word) => share(rows.filter(({ verdict }) => verdict === word).length));
      return [label, solver, String(rows.length), ...counts, share(loose.length)];
    }),
  };
}

function namesTable(results: Results): Table {
  return {
    title: 'Invented names and exceptions',
    note: 'held-out set, greedy, all seeds together; the most frequent ones, and how often',
    header: ['trained on', 'judged on', 'names that the API lacks', 'exceptions'],
    rows: groupsOf(results).flatMap(({ label, solver, rows }) => {
      const names = mostFrequent(rows.flatMap(({ missingName }) => missingName ?? []));
      const errors = mostFrequent(
        rows.flatMap(({ verdict, error }) => (verdict === 'exception' && error !== null ? [error] : [])),
      );
      return names === '' && errors === '' ? [] : [[label, solver, names || '–', errors || '–']];
    }),
  };
}

function mostFrequent(words: readonly string[]): string {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, some]) => ({ word, count: some.length }));
  const top = counts
    .toSorted((left, right) => right.count - left.count || (left.word < right.word ? -1 : 1))
    .slice(0, TOP);
  return top.map(({ word, count }) => `${word} (${count})`).join(', ');
}
