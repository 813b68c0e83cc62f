/** Answers the front end: solvers, a run's folder as its view, a step's rollouts, a program on another solver. */

import { basename } from 'node:path';
import { EvomError, expected } from '../../../src/errors.ts';
import { solvers } from '../../../src/solvers/index.ts';
import { openRunFolder } from '../../../src/store/run-folder.ts';
import { SOLVER_NAMES, type SolverName } from '../../../src/types.ts';
import { solverRows } from '../../../src/verify/solver-rows.ts';
import type { PanelAnswers, PanelQuestion } from '../../spec/comm.ts';
import type { RolloutsData, RunData, SolversData } from '../../spec/mime.ts';
import { countsOf, fromRollout, rolloutsData } from '../data/rollouts-data.ts';
import { runHistory, type SeenStep, seeStep } from '../data/run-data.ts';
import { DONE, progressOf } from '../data/values.ts';
import { answerObservation } from './answer-observation.ts';

/** Steps are written once: what was seen of a folder stays true. */
const seenSteps = new Map<string, readonly SeenStep[]>();

export async function answerPanel(question: PanelQuestion): Promise<PanelAnswers[keyof PanelAnswers]> {
  switch (question.about) {
    case 'solvers':
      return solversData();
    case 'run':
      return runOf(question.folder);
    case 'rollouts':
      return rolloutsOf(question.folder, question.step, question.limit);
    case 'observation':
      return answerObservation(question);
    default: {
      const got = (question as { readonly about?: unknown }).about;
      const next = 'Ask for one of these.';
      throw new EvomError(
        'wire',
        'bad-question',
        expected('about', 'solvers, run, rollouts or observation', got, next),
      );
    }
  }
}

async function solversData(): Promise<SolversData> {
  const rows = await solverRows();
  return { progress: DONE, rows: rows.map((row) => ({ ...row, title: solvers[row.solver].title })) };
}

async function runOf(folder: string): Promise<RunData> {
  const store = await openRunFolder(folder, 'read');
  try {
    const seen = [...(seenSteps.get(store.location) ?? [])];
    for (const index of (await store.indices()).slice(seen.length)) seen.push(seeStep(await store.read(index)));
    seenSteps.set(store.location, seen);
    const { configuration } = store.manifest;
    const told = configuration as { readonly solver?: SolverName | readonly SolverName[] };
    const known = [told.solver ?? []].flat().filter((name) => SOLVER_NAMES.includes(name));
    return {
      ...{ run: basename(store.location), folder: store.location, solvers: known },
      ...{ stored: seen.length, stepProgress: null, writing: null },
      progress: progressOf('done', seen.length, seen.length),
      ...runHistory(seen, null),
    };
  } finally {
    await store.close();
  }
}

async function rolloutsOf(folder: string, step: number, limit: number): Promise<RolloutsData> {
  const store = await openRunFolder(folder, 'read');
  try {
    const { rollouts } = await store.read(step);
    const rows = rollouts.map((rollout, position) => fromRollout({ ...rollout, step, position }));
    const shown = rolloutsData(rows.slice(0, limit), { progress: DONE, run: basename(store.location) });
    return { ...shown, total: rows.length, counts: countsOf(rows) };
  } finally {
    await store.close();
  }
}
