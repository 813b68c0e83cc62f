/**
 * Text that looks like what it is. A program's output and a policy's completion may hold what a screen would obey or hide:
 * colours of a terminal, marks that turn the direction of writing, characters of no width. Terminal sequences are taken out;
 * the others are shown as escapes. Not covered: letters that look like others.
 */

const ESCAPE = '\u001b';
const BELL = '\u0007';

/** CSI, OSC (title, link) and two-character sequences. */
const TERMINAL = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?|[@-Z\\\\-_])?|\u009b[0-?]*[ -/]*[@-~]`,
  'g',
);

/** Controls but line breaks and tabs, halves of surrogate pairs, marks of direction, and what has no width; not the joiners. */
const HIDDEN = /[^\P{Cc}\n\t]|\p{Cs}|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

export function visibleText(text: string): string {
  return text
    .replace(TERMINAL, '')
    .replace(/\r\n?/g, '\n')
    .replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** One line of at most `limit` characters. */
export function oneLine(text: string, limit: number): string {
  const line = visibleText(text.slice(0, 4 * limit))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > limit || text.length > 4 * limit ? `${line.slice(0, limit - 1)}…` : line;
}

/** One line of at most `limit` characters, its middle left out. */
export function shortName(text: string, limit: number): string {
  const line = oneLine(text, 1000);
  const end = Math.floor((limit - 1) / 2);
  return line.length > limit ? `${line.slice(0, limit - 1 - end)}…${line.slice(-end)}` : line;
}
