import { median } from '../policy/rounds.ts';

/** What was measured, the figure, and what is wanted of it. */
export type Figures = readonly (readonly [what: string, measured: string, wanted: string])[];

/** A median, and each round. */
export function rounds(values: readonly number[], unit: string, digits = 0): string {
  return `${median(values).toFixed(digits)} ${unit} (${values.map((value) => value.toFixed(digits)).join(', ')})`;
}
