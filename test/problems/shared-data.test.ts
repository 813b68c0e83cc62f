/** The real files, where they lie beside the checkout. The numbers were counted once by a few lines of Python. */

import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { lintProblems, type Oddity } from '../../src/problems/lint.ts';
import { loadProblems } from '../../src/problems/load.ts';
import { fileNameOf, publicSetNamed } from '../../src/problems/public-sets.ts';
import { makeFolder } from './folder.ts';

const DATA = resolve(import.meta.dirname, '../../../shared/data');
const isThere = existsSync(DATA);

interface Expected {
  readonly file: string;
  readonly problems: number;
  readonly noSolution: number;
  readonly oddities: Partial<Record<Oddity, number>>;
}

const FILES: readonly Expected[] = [
  { file: 'NL4OPT.jsonl', problems: 245, noSolution: 17, oddities: { 'no-solution-answer': 17 } },
  { file: 'OptiBench.jsonl', problems: 605, noSolution: 0, oddities: { 'zero-answer': 18, 'no-number': 4 } },
  {
    file: 'MAMO_EasyLP_fixed.jsonl',
    problems: 642,
    noSolution: 0,
    oddities: { 'sentinel-answer': 1, 'escaped-line-break': 469, 'no-number': 1 },
  },
  {
    file: 'orlm-nl4opt-programs.jsonl',
    problems: 245,
    noSolution: 14,
    oddities: { 'no-solution-answer': 14, 'sentinel-answer': 8 },
  },
];

describe('the real files', () => {
  beforeEach(({ skip }) => skip(!isThere, `the benchmark files are not in ${DATA}`));

  test.each(FILES)(
    '$file: $problems problems, none dropped, no issue',
    async ({ file, problems, noSolution, oddities }) => {
      const set = await loadProblems(join(DATA, file));
      expect(set.issues).toStrictEqual([]);
      expect(set.problems).toHaveLength(problems);
      const { counts, findings } = lintProblems(set);
      expect(counts).toMatchObject({ problems, noSolution, numbers: problems - noSolution, dropped: 0 });
      const kinds = Map.groupBy(findings, ({ kind }) => kind);
      expect(Object.fromEntries([...kinds].map(([kind, group]) => [kind, group.length]))).toStrictEqual(oddities);
    },
  );

  test.each([
    ['nl4opt', 'NL4OPT.jsonl'],
    ['mamo-easy', 'MAMO_EasyLP_fixed.jsonl'],
    ['optibench', 'OptiBench.jsonl'],
  ])('%s: the file has the pinned hash and count, and the same labels by name and by path', async (name, file) => {
    const set = publicSetNamed(name);
    const folder = await makeFolder();
    await cp(join(DATA, file), join(folder, fileNameOf(set)));
    const byName = await loadProblems({ name }, { folder });
    expect(byName).toMatchObject({ name, problems: { length: set.count } });
    expect(byName.labelSet).toBe((await loadProblems(join(DATA, file))).labelSet);
  });
});
