/**
 * How results of the workbench are shown. The results stay plain data: what is known of their looks lies beside them, and
 * goes when they go.
 */

import type { Bundle } from '../../../views/bundle.ts';
import { currentCell } from '../current-cell.ts';

interface ShownResult {
  readonly view: () => Bundle;
  /** The cell whose live display has become this result's view, until somebody asks to see it there. */
  onDisplayIn: string | null;
}

const results = new WeakMap<object, ShownResult>();

export function rememberResult(result: object, view: () => Bundle, onDisplayIn: string | null): void {
  results.set(result, { view, onDisplayIn });
}

/** Null where it is no result of the workbench. */
export function viewOfResult(value: unknown): (() => Bundle) | null {
  return find(value)?.view ?? null;
}

/** Whether the running cell shows it already. True once: who asks again gets it again. */
export function isOnDisplay(value: unknown): boolean {
  const shown = find(value);
  if (shown?.onDisplayIn !== currentCell().id) return false;
  shown.onDisplayIn = null;
  return true;
}

function find(value: unknown): ShownResult | undefined {
  return typeof value === 'object' && value !== null ? results.get(value) : undefined;
}
