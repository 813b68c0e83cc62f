/** The walkthrough as a notebook file: generate → verify → reward → update on small problems, with nothing to install. */

import type { SolverWord } from '../../../kernel/spec/mime.ts';

type Cell = readonly ['markdown' | 'code', string];

const cellsFor = (solver: SolverWord): readonly Cell[] => [
  [
    'markdown',
    '# EVOM: learning from solvers\n\nA policy writes programs, solvers verify them, rewards follow, and the policy is updated. ' +
      'Run the cells from above; `%lsmagic` lists all magics, `%train?` explains one.',
  ],
  ['code', '%solvers'],
  ['code', '%problems tiny:0:16\n%policy tiny'],
  ['markdown', '## Generate, verify, reward, update'],
  ['code', `%generate --solver ${solver} --limit 4 --n 4`],
  ['code', '%verify'],
  ['code', '%reward'],
  ['code', '%update --algo grpo'],
  [
    'markdown',
    '## The loop\n\nThe side panel shows it too. Pause it there, or interrupt the cell and run it again to go on.',
  ],
  ['code', `%train --solver ${solver} --steps 3 --problems-per-step 4 --n 4`],
];

/** nbformat 4.5. */
export function walkthroughNotebook(kernel: string, solver: SolverWord): object {
  return {
    cells: cellsFor(solver).map(([type, source], index) => ({
      ...{ cell_type: type, id: `evom-${index}`, metadata: {}, source },
      ...(type === 'code' && { execution_count: null, outputs: [] }),
    })),
    metadata: { kernelspec: { name: kernel, display_name: 'TypeScript (EVOM)', language: 'typescript' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}
