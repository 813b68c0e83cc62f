/**
 * SFT on reference programs: epochs of random order, cross-entropy, a constant learning rate, validation between epochs;
 * the weights of the best one are kept.
 *
 * Not covered: it does not go on in the middle. Killed, it begins again, which is a matter of minutes.
 */

import { join } from 'node:path';
import { DEFAULT_UPDATE } from '../../config.ts';
import type { SyntheticProblem } from '../../problems/synthetic/generate.ts';
import { fold, keyOf, sample } from '../../random.ts';
import type { TrainablePolicy, TrainingGroup } from '../../types.ts';
import { updateDefaults } from '../../update/objective.ts';
import type { SupervisedTraining } from '../experiment.ts';
import { accuracyOn } from '../judging/judge.ts';
import { copyModel } from './model-files.ts';
import { referenceCompletion } from './reference.ts';
import { bestPoint, type TrainingRecord, type ValidationPoint } from './training-record.ts';
import type { Place, Workshop } from './workshop.ts';

/** Trains, and leaves the best weights in `<folder>/policy`. */
export async function supervise(
  training: SupervisedTraining,
  { arm, seed, folder, start }: Place,
  { sets, data, verifier, openPolicy, signal, tell }: Workshop,
): Promise<TrainingRecord> {
  const started = performance.now();
  const { solver, samples, epochs, batch, validateEvery, isThinking } = training;
  const judging = { verifier, maxTokens: data.maxTokens, signal };
  const problems = sets.training.slice(0, samples);
  const best = join(folder, 'best');
  const points: ValidationPoint[] = [];
  const policy = await openPolicy(start, { isThinking });
  let step = 0;
  try {
    const validate = async (): Promise<void> => {
      points.push({ step, ...(await accuracyOn(policy, sets.validation, [solver], judging)) });
      if (bestPoint(points)?.step === step) await policy.save(best);
    };
    await validate();
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = sample(fold(keyOf(seed), `epoch ${epoch}`), 'order', problems, problems.length);
      let loss = 0;
      for (let at = 0; at < order.length; at += batch, step++) {
        signal.throwIfAborted();
        loss = await learn(policy, order.slice(at, at + batch), training, data.maxTokens);
      }
      if ((epoch + 1) % validateEvery === 0 || epoch + 1 === epochs) await validate();
      const accuracy = points.at(-1)?.accuracy ?? Number.NaN;
      tell({
        arm,
        seed,
        text: `epoch ${epoch + 1} of ${epochs}: loss ${loss.toFixed(3)}, validation ${accuracy.toFixed(3)}`,
      });
    }
  } finally {
    await policy.close();
  }
  await copyModel(best, join(folder, 'policy'));
  const seconds = (performance.now() - started) / 1000;
  return { arm, seed, points, keptStep: bestPoint(points)?.step ?? 0, steps: step, seconds };
}

async function learn(
  policy: TrainablePolicy,
  problems: readonly SyntheticProblem[],
  { solver, learningRate, isThinking }: SupervisedTraining,
  maxTokens: number,
): Promise<number> {
  const groups = problems.map((problem): TrainingGroup => {
    const completion = policy.completionOf(referenceCompletion(problem.model, solver, isThinking));
    return { prompt: { problem, solver }, samples: [{ completion, advantage: 1 }] };
  });
  const statistics = await policy.update(groups, {
    ...DEFAULT_UPDATE,
    ...updateDefaults('sft'),
    learningRate,
    maxTokens,
  });
  return statistics['loss'] ?? Number.NaN;
}
