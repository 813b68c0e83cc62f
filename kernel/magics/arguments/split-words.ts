import { EvomError, expected } from '../../../src/errors.ts';

export interface Word {
  /** Without quotes. */
  readonly text: string;
  /** Place in the line, quotes included. */
  readonly start: number;
  readonly end: number;
  /** Whether it begins with a quote: then it is no flag. */
  readonly isQuoted: boolean;
}

const QUOTED = /"((?:\\.|[^"\\])*)"|'([^']*)'|((?:\\[\s"'\\]|[^\s"'])+)/y;

/**
 * A line's words as a shell sees them: `"a b"` and `'a b'` are one word, and so is `a\ b`. A word that begins with `//`
 * starts a comment. Throws `config/open-quote`.
 */
export function splitWords(line: string): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  while (true) {
    while (/\s/.test(line[at] ?? '')) at++;
    if (at >= line.length || line.startsWith('//', at)) return words;
    const start = at;
    let text = '';
    while (at < line.length && !/\s/.test(line[at] as string)) {
      QUOTED.lastIndex = at;
      const part = QUOTED.exec(line);
      if (part === null) {
        const next = 'Close the quote, or write \\" for a quote that is meant.';
        throw new EvomError('config', 'open-quote', expected('argument', 'closed by a quote', line.slice(at), next));
      }
      const [whole, double, single, bare] = part;
      text += single ?? (double ?? bare ?? '').replace(/\\([\s"'\\])/g, '$1');
      at += whole.length;
    }
    words.push({ text, start, end: at, isQuoted: /["']/.test(line[start] as string) });
  }
}
