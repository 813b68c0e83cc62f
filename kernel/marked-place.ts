/** A place in a cell, for people: its line with a mark under it, in the colours of a terminal. */

export const RED = '\u001b[31m';
export const YELLOW = '\u001b[33m';
export const GREY = '\u001b[90m';
export const BOLD = '\u001b[1m';
export const PLAIN = '\u001b[0m';

export interface Place {
  /** The cell's, such as `[3]`. */
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** The whole line. */
  readonly text: string;
  /** Of what is marked; default 1. */
  readonly length?: number;
}

/** The line and a mark below its column. */
export function marked({ name, line, column, text, length = 1 }: Place, colour: string = RED): readonly string[] {
  const number = String(line);
  const gap = ' '.repeat(number.length);
  const under = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return [
    `${GREY}${name} line ${number}${PLAIN}`,
    `${GREY}${number} │${PLAIN} ${text}`,
    `${GREY}${gap} │${PLAIN} ${under}${colour}${'^'.repeat(Math.max(1, length))}${PLAIN}`,
  ];
}
