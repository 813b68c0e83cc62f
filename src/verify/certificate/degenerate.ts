import type { DetachedModelData, HighsConstants, Model } from 'highs';
import type { DegenerateFlag } from '../../types.ts';

/**
 * Signs that a model was built around a guessed answer. Run after the model was solved to `optimum`; changes the model.
 *
 * Does NOT cover: a guess hidden behind rows that look like a model's, which only perturbed data would show; and it
 * also fires on honest problems that really have one feasible value.
 */
export function degenerateFlags(
  model: Model,
  lp: DetachedModelData,
  optimum: number,
  constants: HighsConstants,
): DegenerateFlag[] {
  const flags: DegenerateFlag[] = [];
  if (lp.hessian !== undefined) return flags;
  const hasObjective = lp.colCost.some((cost) => cost !== 0);
  if (!hasObjective) flags.push('constant-objective');
  const rowSizes = new Int32Array(lp.numRows);
  for (const row of lp.matrix.indices) rowSizes[row] = (rowSizes[row] ?? 0) + 1;
  if (!rowSizes.some((size) => size >= 2)) flags.push('no-linking-row');
  if (isEveryVariableFixed(lp, rowSizes)) flags.push('no-free-variable');
  else if (hasObjective && isPinned(model, optimum, constants)) flags.push('pinned-objective');
  return flags;
}

/** Fixed by its bounds, or by an equality row of its own. */
function isEveryVariableFixed(lp: DetachedModelData, rowSizes: Int32Array): boolean {
  const fixed = new Set<number>();
  for (let column = 0; column < lp.numCols; column++) {
    if (lp.colLower[column] === lp.colUpper[column]) fixed.add(column);
    for (let entry = lp.matrix.starts[column] ?? 0; entry < (lp.matrix.starts[column + 1] ?? 0); entry++) {
      const row = lp.matrix.indices[entry] ?? 0;
      if (rowSizes[row] === 1 && lp.rowLower[row] === lp.rowUpper[row]) fixed.add(column);
    }
  }
  return fixed.size === lp.numCols;
}

/** Whether the relaxation's best value in the other direction is the same. */
function isPinned(model: Model, optimum: number, { modelStatus, objectiveSense }: HighsConstants): boolean {
  const { minimize, maximize } = objectiveSense;
  model.clearIntegrality();
  model.changeObjectiveSense(model.getObjectiveSense() === minimize ? maximize : minimize);
  model.options.set({ time_limit: model.getRunTime() + 1 });
  model.run();
  if (model.getModelStatus() !== modelStatus.optimal) return false;
  return Math.abs(model.getObjectiveValue() - optimum) <= 1e-9 * Math.max(1, Math.abs(optimum));
}
