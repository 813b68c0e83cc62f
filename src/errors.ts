/**
 * Errors name the boundary they crossed, a stable code, and what to do next.
 * Only *our* failures and a caller's bad input are errors; a bad program is an {@link Observation}.
 */

export type Boundary = 'policy' | 'sandbox' | 'solver' | 'problem' | 'store' | 'wire' | 'config';

/** An error with a boundary, a code that callers may match on, and a message that says what to do. */
export class EvomError extends Error {
  override readonly name = 'EvomError';
  readonly boundary: Boundary;
  readonly code: string;

  constructor(boundary: Boundary, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.boundary = boundary;
    this.code = code;
  }
}

/** The house's wording for a bad value: *Expected `x` to be …, got `v`. What to do.* */
export function expected(name: string, what: string, got: unknown, next: string): string {
  return `Expected \`${name}\` to be ${what}, got \`${preview(got)}\`. ${next}`;
}

function preview(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
