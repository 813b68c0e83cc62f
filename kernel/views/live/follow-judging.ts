/** `evaluate` and `transfer`: verdicts as they come, and then the scores. */

import type { Rollout } from '../../../src/types.ts';
import type { Progress } from '../../../src/workbench/calls.ts';
import type { ProgressData } from '../../spec/mime.ts';
import { evaluationData, type JudgedSample, judgedSample, judgingData, transferData } from '../data/transfer-data.ts';
import { transferView } from '../transfer-view.ts';
import type { Follower, LiveView, Reach } from './follower.ts';

export function followEvaluate(): Follower<'evaluate'> {
  return { ...listen(), view: (evaluation) => transferView(evaluationData(evaluation)) };
}

/** Every policy is judged on as many rollouts as the others, one after the other. */
export function followTransfer(): Follower<'transfer'> {
  const { samples, ...heard } = listen();
  return {
    ...heard,
    view(transfer) {
      const each = samples.length / transfer.rows.length;
      const rows = transfer.rows.map((_, row) => samples.slice(row * each, (row + 1) * each));
      return transferView(transferData(transfer, Number.isInteger(each) && each > 0 ? rows : null));
    },
  };
}

interface Listener {
  readonly samples: readonly JudgedSample[];
  readonly hooks: { readonly onProgress: (progress: Progress<Rollout>) => void };
  readonly live: LiveView;
}

function listen(): Listener {
  const samples: JudgedSample[] = [];
  let reach: Reach = { done: 0, total: 0 };
  return {
    samples,
    hooks: {
      onProgress({ done, total, item }) {
        reach = { done, total };
        samples.push(judgedSample(item));
      },
    },
    live: { reach: () => reach, draw: (progress: ProgressData) => transferView(judgingData(samples, progress)) },
  };
}
