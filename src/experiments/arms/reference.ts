import { writeTarget } from '../../pretrain/target.ts';
import type { Model } from '../../problems/synthetic/model.ts';
import type { SolverName } from '../../types.ts';

/** What SFT learns to write for a model: a correct program, with the statement of the model as its thought or without. */
export function referenceCompletion(model: Model, solver: SolverName, isThinking: boolean): string {
  const whole = writeTarget(model, solver);
  return isThinking ? whole : whole.slice(whole.indexOf('<code>'));
}
