/**
 * Early stopping on raw accuracy, on problems that are never trained on: RL rises and may fall again, and the reward
 * that it rises by does not say so.
 */

import type { Policy } from '../types.ts';
import type { Run } from './options.ts';
import { rollOut } from './roll-out.ts';
import { accuracyOf } from './statistics.ts';

/** The accuracies of a run's validations so far, in order. */
export type Validations = number[];

/** Whether a validation follows step `index`. */
export function isValidated(index: number, { validation }: Run): boolean {
  return validation !== null && (index + 1) % validation.every === 0;
}

/** Greedy accuracy of the policy as it is, on every solver of the run, with counts and seconds. */
export async function validate(policy: Policy, run: Run, signal: AbortSignal): Promise<Record<string, number>> {
  const started = performance.now();
  const { validation, solvers, sampling, verifier, rule, reward } = run;
  const prompts = solvers.flatMap((solver) => (validation?.problems ?? []).map((problem) => ({ problem, solver })));
  const generation = { ...sampling, samples: 1, temperature: 0 };
  const groups = await rollOut(policy, prompts, { generation, verifier, rule, reward, signal }).groups;
  const kept = groups.flat().filter(({ reward }) => !reward.masked);
  return {
    validationAccuracy: accuracyOf(kept),
    validationRollouts: kept.length,
    validationMasked: prompts.length - kept.length,
    validationSeconds: (performance.now() - started) / 1000,
  };
}

/** The validations that the store knows of. */
export async function pastValidations({ validation, store }: Run): Promise<Validations> {
  if (validation === null || (await store.nextIndex()) === 0) return [];
  const rows = await store.query("SELECT statistics['validationAccuracy'] AS accuracy FROM steps ORDER BY step");
  return rows.flatMap(({ accuracy }) => (typeof accuracy === 'number' ? [accuracy] : []));
}

/** Whether a validation follows step `index`, and none before it was as good. */
export function isNewBest(index: number, validations: Validations, run: Run): boolean {
  if (run.validation === null || !isValidated(index, run)) return false;
  const place = (index + 1) / run.validation.every - 1;
  const accuracy = validations[place];
  return accuracy !== undefined && validations.slice(0, place).every((earlier) => earlier < accuracy);
}

/** Whether the last `patience` validations brought no new best. */
export function hasStalled(validations: Validations, { validation }: Run): boolean {
  if (validation === null || validations.length === 0) return false;
  const best = validations.reduce((at, accuracy, index) => (accuracy > (validations[at] as number) ? index : at), 0);
  return validations.length - 1 - best >= validation.patience;
}
