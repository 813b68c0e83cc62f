import { EvomError, expected } from './errors.ts';

/** Reads a number within bounds, both included unless said otherwise. */
export function numberOption(
  name: string,
  { low, high = Number.POSITIVE_INFINITY, isWhole = false, isOpen = false }: NumberRange,
): (text: string) => number {
  const kind = isWhole ? 'a whole number' : 'a number';
  const above = isOpen ? `above ${low}` : `of at least ${low}`;
  const what = Number.isFinite(high) ? `${kind} ${above} and at most ${high}` : `${kind} ${above}`;
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    const isInside = Number.isFinite(value) && value <= high && (isOpen ? value > low : value >= low);
    if (isInside && (!isWhole || Number.isSafeInteger(value))) return value;
    throw new EvomError('config', `bad-${name}`, expected(`--${name}`, what, text, 'Correct the option.'));
  };
}

export interface NumberRange {
  readonly low: number;
  readonly high?: number;
  readonly isWhole?: boolean;
  /** `low` itself is too low. */
  readonly isOpen?: boolean;
}
