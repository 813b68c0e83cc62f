/** Rows, results and runners for tests; no weights, no solvers. */

import { policyOpener } from '../../src/experiments/arms/open-policy.ts';
import { referenceCompletion } from '../../src/experiments/arms/reference.ts';
import type { OpenPolicy } from '../../src/experiments/arms/workshop.ts';
import type { ScoreRow } from '../../src/experiments/judging/score-row.ts';
import type { Preset } from '../../src/experiments/presets/preset.ts';
import { smoke } from '../../src/experiments/presets/smoke.ts';
import { problemSets } from '../../src/experiments/problem-sets.ts';
import type { ProgramRunner } from '../../src/loop/roll-out.ts';
import type { SyntheticProblem } from '../../src/problems/synthetic/generate.ts';
import { readCompletion } from '../../src/reward/format.ts';
import { honest, observe, optimal } from '../../src/reward/lint-observation.ts';
import type { Problem } from '../../src/types.ts';

/** `hits`: [problems], by seed; null is masked. */
export function makeRows(
  place: Partial<ScoreRow>,
  hits: readonly (readonly (boolean | null)[])[],
): readonly ScoreRow[] {
  return hits.flatMap((row, seed) =>
    row.map((hit, index): ScoreRow => {
      const verdict = hit === true ? 'correct' : hit === null ? 'infra' : 'wrong-objective';
      return {
        ...{ arm: 'rl', seed, solver: 'gurobi', split: 'held-out', mode: 'greedy', sample: 0 },
        ...{ problemId: `p${String(index).padStart(4, '0')}`, family: 'knapsack', verdict, strictVerdict: verdict },
        ...{ masked: hit === null, error: null, missingName: null, tokens: 7 },
        ...place,
      };
    }),
  );
}

/** `share` of `problems` hits, the first ones; the same for every seed. */
export function makeHits(share: number, problems = 200, seeds = 3): readonly (readonly boolean[])[] {
  return Array.from({ length: seeds }, () => Array.from({ length: problems }, (_, index) => index < share * problems));
}

/** The smoke preset on few problems. */
export const SMALL: Preset = {
  ...smoke,
  data: { ...smoke.data, validation: 3, heldOut: 6, unseenFamilies: 2 },
};

export interface CountingRunner extends ProgramRunner {
  readonly runs: number;
}

/** Reference programs of the preset's problems have their answers; any other program solves nothing. */
export function makeRunner(preset: Preset, onRun: (runs: number) => void = () => {}): CountingRunner {
  const { training, validation, judged } = problemSets(preset, null);
  const problems: readonly Problem[] = [...training, ...validation, ...judged.flatMap((set) => set.problems)];
  const answers = new Map<string, number>();
  for (const problem of problems) {
    const { model, answer } = problem as SyntheticProblem;
    for (const solver of [preset.source, preset.target, preset.unknown]) {
      answers.set(readCompletion(referenceCompletion(model, solver, true)).program ?? '', answer as number);
    }
  }
  let runs = 0;
  return {
    isolation: 'landlock+seccomp',
    get runs() {
      return runs;
    },
    async observe({ id, program, solver }, signal) {
      signal?.throwIfAborted();
      onRun(++runs);
      const answer = answers.get(program);
      return answer === undefined ? observe({ id, solver }) : honest(optimal(answer), { id, solver });
    },
  };
}

/** Opens the scripted policy's folders, and counts. */
export function countingOpener(): { readonly open: OpenPolicy; readonly opened: string[] } {
  const opened: string[] = [];
  const open = policyOpener({});
  return {
    opened,
    open: (folder, options) => {
      opened.push(folder);
      return open(folder, options);
    },
  };
}
