/** `generate`: the first texts as they are written, and a table of those that are whole. */

import type { SolverName } from '../../../src/types.ts';
import { type GenerateCall, WORKBENCH_DEFAULTS } from '../../../src/workbench/calls.ts';
import type { ProblemCompletion } from '../../../src/workbench/results.ts';
import type { ProgressData, RolloutData, RolloutsData } from '../../spec/mime.ts';
import { fromCompletion, MAX_STOPPED_ROWS, rolloutsData } from '../data/rollouts-data.ts';
import { DONE, textData } from '../data/values.ts';
import { rolloutsView } from '../rollouts-view.ts';
import type { Follower, Reach } from './follower.ts';

/** Texts that are shown while they are written, and whole ones beside them. */
const STREAMS = 3;
const NEWEST = 10;

export function followGenerate({ solver = WORKBENCH_DEFAULTS.solver }: GenerateCall): Follower<'generate'> {
  const written: ProblemCompletion[] = [];
  const streams = new Map<string, Stream>();
  let reach: Reach = { done: 0, total: 0 };
  /** Texts of a call that was stopped end where it was. */
  const soFar = (progress: ProgressData): RolloutsData => {
    const isRunning = progress.state === 'running';
    const newest = written.slice(-(isRunning ? NEWEST : MAX_STOPPED_ROWS)).map((one) => fromCompletion(one));
    const data = rolloutsData(newest, { progress });
    const begun = [...streams.values()].slice(0, isRunning ? STREAMS : MAX_STOPPED_ROWS);
    const rows = begun.map((stream) => streamedRow(stream, solver));
    return {
      ...data,
      rows: [...rows, ...data.rows],
      counts: { [solver]: { written: written.length } },
      total: reach.total,
    };
  };
  return {
    hooks: {
      onText(text, promptIndex, sample) {
        const key = `${promptIndex}/${sample}`;
        streams.set(key, { sample, text: `${streams.get(key)?.text ?? ''}${text}` });
      },
      onProgress({ done, total, item }) {
        reach = { done, total };
        written.push(item);
        const ended = [...streams].find(([, { sample, text }]) => sample === item.sample && item.text.startsWith(text));
        if (ended !== undefined) streams.delete(ended[0]);
      },
    },
    live: {
      reach: () => reach,
      draw: (progress) => rolloutsView(soFar(progress)),
    },
    view: (completions) =>
      rolloutsView(
        rolloutsData(
          completions.map((one) => fromCompletion(one)),
          { progress: DONE },
        ),
      ),
  };
}

interface Stream {
  readonly sample: number;
  readonly text: string;
}

function streamedRow({ sample, text }: Stream, solver: SolverName): RolloutData {
  return {
    ...{ problem: null, solver, sample, step: null, position: null },
    completion: { text: textData(text), tokens: null, truncated: false },
    ...{ observation: null, reward: null, advantage: null },
  };
}
