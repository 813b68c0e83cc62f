/** What a training left besides weights: its learning curve. `trained.json` of an arm's folder. */

/** Greedy accuracy on the validation set; 0 where all of it was masked. */
export interface ValidationPoint {
  /** Updates taken; 0 is where it began. */
  readonly step: number;
  readonly accuracy: number;
  readonly n: number;
}

export interface TrainingRecord {
  readonly arm: string;
  readonly seed: number;
  readonly points: readonly ValidationPoint[];
  /** The step whose weights were kept: the first of the best accuracy. */
  readonly keptStep: number;
  /** Updates taken in all. */
  readonly steps: number;
  /** Of training, as a sum over its parts; what an interrupted part took is not in it. */
  readonly seconds: number;
}

/** The first point of the best accuracy. */
export function bestPoint(points: readonly ValidationPoint[]): ValidationPoint | undefined {
  return points.reduce<ValidationPoint | undefined>(
    (best, point) => (best === undefined || point.accuracy > best.accuracy ? point : best),
    undefined,
  );
}
