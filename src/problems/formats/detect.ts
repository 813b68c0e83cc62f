/** Which format a file is in, from the fields of its first rows. Pure. */

import type { FormatName, ProblemFormat, Row } from './format.ts';
import { mamo } from './mamo.ts';
import { orInstruct } from './or-instruct.ts';
import { orlmResults } from './orlm-results.ts';
import { plain } from './plain.ts';
import { resocratic } from './resocratic.ts';
import { sirl } from './sirl.ts';

/** Most particular first: the first that matches is taken. */
export const FORMATS: readonly ProblemFormat[] = [orlmResults, sirl, resocratic, mamo, orInstruct, plain];

/** How many rows are looked at, so that one odd row at the top decides nothing. */
const LOOKED_AT = 20;

/** The format that reads most of the first 20 rows; null where none reads any. */
export function detectFormat(rows: readonly Row[]): ProblemFormat | null {
  const votes = rows.slice(0, LOOKED_AT).map((row) => FORMATS.find((format) => format.matches(row)) ?? null);
  const count = (format: ProblemFormat): number => votes.filter((vote) => vote === format).length;
  return FORMATS.reduce<ProblemFormat | null>(
    (best, format) => (count(format) > (best === null ? 0 : count(best)) ? format : best),
    null,
  );
}

/** The format of that name; undefined where there is none. */
export function formatNamed(name: string): ProblemFormat | undefined {
  return FORMATS.find((format) => format.name === (name as FormatName));
}
