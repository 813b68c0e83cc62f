/**
 * What a magic is: a short way to write one typed call. It has no other power, so that a notebook is also a script.
 *
 * `%name` is a line; `%%name` on the first line takes the rest of the cell as its body.
 */

import type { NumberRange } from '../../src/number-options.ts';

export type MagicKind = 'line' | 'cell';

export type Flag = {
  /** Without its dashes: `max-tokens`. */
  readonly name: string;
  /** What the call's option is named: `maxTokens`. */
  readonly option: string;
  readonly summary: string;
  readonly isRequired?: boolean;
} & (
  | { readonly kind: 'number'; readonly range: NumberRange }
  | { readonly kind: 'switch' }
  /** One of `values`, or for `choices` several with commas between. */
  | { readonly kind: 'choice' | 'choices'; readonly values: readonly string[] }
  | {
      readonly kind: 'text';
      /** The text as TypeScript; throws a `config/…` error for a bad one. Default: a string. */
      readonly write?: (text: string) => string;
      /** What completion offers: names that are known only when it is asked. */
      readonly suggest?: () => readonly string[];
    }
);

/** What follows the name besides flags. */
export interface Operands {
  /** As help shows it: `SET`. */
  readonly name: string;
  readonly summary: string;
  /** `rest`: the whole line after the name as it stands, in which no flags are looked for. */
  readonly count: 'one' | 'rest';
  /** What completion offers; for `isClosed`, all there is. */
  readonly values?: readonly string[];
  readonly isClosed?: boolean;
  /** More that completion offers: names that are known only when it is asked. */
  readonly suggest?: () => readonly string[];
}

/** A use of a magic, read and checked. */
export interface MagicCall {
  readonly kind: MagicKind;
  /** The operand, unquoted; null where there is none. */
  readonly operand: string | null;
  /** TypeScript expressions by the names of the call's options, for those flags that were given. */
  readonly options: Readonly<Record<string, string>>;
  /** The cell's text after the first line; for the kind `expression`, without comments and `;` at its end. */
  readonly body: string | null;
}

export interface Magic {
  /** Without `%`. */
  readonly name: string;
  readonly kinds: readonly MagicKind[];
  /** One sentence. */
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly operands: Operands | null;
  /** What the body, or the rest of a line, is. TypeScript is left to the language service. Default `text`. */
  readonly body?: 'text' | 'expression' | 'statements';
  /** The variable that the result is bound to without `--as`; null: bound by `--as` alone. Absent: there is no result. */
  readonly variable?: string | null;
  readonly examples: readonly string[];
  /** The call as a TypeScript expression, with its `await`; it may not begin with a bracket, as lines end without `;`. */
  call(call: MagicCall): string;
  /** What a script has instead, where there is no notebook; null: it is left out. Default: the call. */
  readonly script?: ((call: MagicCall) => string) | null;
}
