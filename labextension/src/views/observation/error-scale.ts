/** Where a relative error stands on a logarithmic scale from exact to wrong altogether. */

/** Anything below is as good as exact, anything above as bad as can be. */
const LEAST = 1e-9;
const MOST = 10;

/** The paper's two tolerances. */
export const TOLERANCES: readonly number[] = [1e-4, 0.05];

/** 0 for an exact value, 1 for one that is ten times off or more. */
export function errorPosition(relativeError: number): number {
  const clamped = Math.min(MOST, Math.max(LEAST, relativeError));
  return Math.log10(clamped / LEAST) / Math.log10(MOST / LEAST);
}

/** In words, for who sees no scale. */
export function describeError(relativeError: number): string {
  const within = TOLERANCES.find((tolerance) => relativeError <= tolerance);
  return within === undefined ? `above ε = ${TOLERANCES.at(-1)}` : `within ε = ${within}`;
}
