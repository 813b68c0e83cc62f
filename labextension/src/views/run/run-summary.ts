/** A run in a sentence. */

import type { RunData } from '../../../../kernel/spec/mime.ts';
import { scoreText } from '../../figure/score-text.ts';
import { solverTitle } from '../../palette.ts';
import { rounded } from '../../text/numbers.ts';
import { oneLine } from '../../text/visible-text.ts';

export function runTitle({ run, solvers }: RunData): string {
  const name = run === null ? 'Update by hand' : `Run ${oneLine(run, 60)}`;
  return `${name} on ${solvers.map(solverTitle).join(', ')}`;
}

export function runSummary({ steps, progress, cause }: RunData): string {
  const last = steps.at(-1);
  const state = `${progress.state}, ${steps.length} steps`;
  if (last === undefined) return `${state}.`;
  const scores = last.scores.map((score) => `accuracy at ε ${score.epsilon} ${scoreText(score)}`);
  const told = [state, `step ${last.index}`, ...scores, `mean reward ${rounded(last.reward.mean, 3)}`].join(', ');
  return cause === null ? `${told}.` : `${told}. Nothing is learnt: ${oneLine(cause.sentence, 200)}`;
}
