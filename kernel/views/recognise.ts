/**
 * The library's own data, known by their shape: what a cell shows of `verify(…)`, or of a part of a result, has a view too.
 * The views are loaded when the first one is needed.
 */

import type { Observation, Rollout } from '../../src/types.ts';
import type { ProblemCompletion } from '../../src/workbench/results.ts';
import type { Bundle } from './bundle.ts';

/** Null for every other value. */
export async function viewByShape(value: unknown): Promise<Bundle | null> {
  const list = Array.isArray(value) ? value : [value];
  const isOne = !Array.isArray(value);
  if (list.length === 0) return null;
  if (list.every(isRollout)) return (await views()).viewRollouts(list, isOne);
  if (list.every(isObservation)) return (await views()).viewObservations(list, isOne);
  if (list.every(isCompletion)) return (await views()).viewCompletions(list);
  return null;
}

function views(): Promise<typeof import('./shapes-view.ts')> {
  return import('./shapes-view.ts');
}

const has = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);

function isObservation(value: unknown): value is Observation {
  return has(value, 'id', 'solver', 'outcome', 'certificate', 'stdout', 'isolation');
}

function isRollout(value: unknown): value is Rollout {
  return (
    has(value, 'problem', 'completion', 'observation', 'verdict', 'reward') &&
    isObservation((value as Rollout).observation)
  );
}

function isCompletion(value: unknown): value is ProblemCompletion {
  return has(value, 'problem', 'solver', 'sample', 'text', 'tokenIds', 'logProbs');
}
