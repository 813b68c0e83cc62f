/** `generate`: completions of the chosen problems, or of one that is given as text. */

import { EvomError, expected } from '../errors.ts';
import type { Problem } from '../types.ts';
import { type GenerateCall, WORKBENCH_DEFAULTS } from './calls.ts';
import { chosenPolicy } from './choose.ts';
import type { GivenProblem, ProblemCompletion } from './results.ts';
import { checkWhole, chosenProblems, digestOf, type State } from './state.ts';

/** Draws completions and keeps them as the last ones; observations and rewards of earlier ones are forgotten. */
export async function generate(state: State, call: GenerateCall = {}): Promise<readonly ProblemCompletion[]> {
  const { solver, samples, temperature, maxTokens, seed, signal, onProgress, onText } = {
    ...WORKBENCH_DEFAULTS,
    ...call,
  };
  checkWhole('samples', samples, 1);
  checkWhole('maxTokens', maxTokens, 1);
  checkWhole('seed', seed, Number.MIN_SAFE_INTEGER);
  const problems = problemsOf(state, call);
  const { policy, source } = await chosenPolicy(state);
  const prompts = problems.map((problem) => ({ problem: promptProblem(problem), solver }));
  const total = prompts.length * samples;
  const written: ProblemCompletion[][] = prompts.map(() => []);
  let done = 0;
  const options = { samples, temperature, maxTokens, seed, ...(signal && { signal }), ...(onText && { onText }) };
  for await (const { promptIndex, sampleIndex, completion } of policy.generate(prompts, options)) {
    const problem = problems[promptIndex] as GivenProblem;
    const item = { problem, solver, sample: sampleIndex, ...completion };
    (written[promptIndex] as ProblemCompletion[])[sampleIndex] = item;
    onProgress?.({ done: ++done, total, item });
  }
  signal?.throwIfAborted();
  const completions = written.flat();
  state.drawn = { completions, source, temperature, maxTokens };
  state.observations = null;
  state.rewarded = null;
  return completions;
}

function problemsOf(state: State, { text, answer, limit }: GenerateCall): readonly GivenProblem[] {
  checkWhole('limit', limit, 1);
  if (text === undefined) return chosenProblems(state).problems.slice(0, limit);
  if (text.trim() === '') {
    const next = 'Tell what there is to decide, its limits, and what to make large or small.';
    throw new EvomError('problem', 'empty-text', expected('text', 'a word problem', text, next));
  }
  // The id is made of the text, as random numbers depend on it.
  return [{ id: `text-${digestOf(text)}`, text, answer: answer ?? null, source: 'text' }];
}

/** A policy never looks at the answer, so that an unknown one may be anything. */
function promptProblem(problem: GivenProblem): Problem {
  return problem.answer === null ? { ...problem, answer: Number.NaN } : (problem as Problem);
}
