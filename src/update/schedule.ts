/**
 * Learning rates by step. Pure. The decays are those of transformers' schedulers of the same names.
 *
 * Differs from transformers: warm-up ends one step earlier, (t + 1) / warm-up instead of t / warm-up, so that the first
 * step is not spent at a learning rate of 0.
 */

/** The shapes after warm-up: `constant`, `linear` to 0, `cosine` (half a wave) to 0. */
export const SCHEDULE_NAMES = ['constant', 'linear', 'cosine'] as const;
export type ScheduleName = (typeof SCHEDULE_NAMES)[number];

export interface Schedule {
  readonly name: ScheduleName;
  /** Steps from nothing to the full learning rate. */
  readonly warmUp: number;
  /** Steps in all; a decay reaches 0 after the last one. */
  readonly steps: number;
}

/** The learning rate of step `index`, 0-based, where `peak` is the full one. */
export function learningRateAt(index: number, peak: number, { name, warmUp, steps }: Schedule): number {
  if (index < warmUp) return (peak * (index + 1)) / warmUp;
  const progress = Math.min(1, (index - warmUp) / Math.max(1, steps - warmUp));
  switch (name) {
    case 'constant':
      return peak;
    case 'linear':
      return peak * (1 - progress);
    case 'cosine':
      return peak * 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
