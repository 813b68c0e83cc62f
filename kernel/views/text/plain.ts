/** Text for a terminal. */

import { stripVTControlCharacters } from 'node:util';

/** One line of at most `limit` characters, without control characters. */
export function oneLine(text: string, limit = 60): string {
  const line = printable(text.slice(0, 4 * limit))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > limit || text.length > 4 * limit ? `${line.slice(0, limit - 1)}…` : line;
}

/** Without what a terminal would obey: escape sequences, and control characters but for line breaks and tabs. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '');
}
