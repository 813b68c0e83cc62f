/**
 * The version of a set of labels. Scores carry it, because public label sets disagree.
 *
 * The first 12 hexadecimal digits of the SHA-256 of one line per problem, `JSON.stringify([id, text, answer])`, sorted by
 * UTF-16 code units and joined by line feeds. So it does not change with the order of the rows, with the notation of a
 * label (`1,000`, `1000.0`), or with a file's name; it changes with any id that the file gives, any text and any answer.
 * `id` is null where the file gives none, since a made-up id says nothing about the labels and would bring the order and
 * the file's name back in. Issues and dropped rows do not count.
 */

import { createHash } from 'node:crypto';
import type { Answer } from '../types.ts';

/** What of a problem the version covers. A `Problem` is one. */
export interface Label {
  readonly id: string | null;
  readonly text: string;
  readonly answer: Answer;
}

export function labelSetOf(labels: readonly Label[]): string {
  const lines = labels.map(({ id, text, answer }) => JSON.stringify([id, text, answer]));
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 12);
}
