/** How a verdict looks: a shape and a word, and a colour of the Okabe–Ito palette that nothing depends on. */

import type { VerdictWord } from '../../spec/mime.ts';
import { type Html, raw } from './html.ts';

interface Mark {
  readonly shape: string;
  readonly colour: string;
}

const [GREEN, BLUE, SKY, ORANGE, VERMILLION, PURPLE, GREY] = [
  ...['#009e73', '#0072b2', '#56b4e9', '#e69f00', '#d55e00', '#cc79a7', '#808080'],
] as const;

/** Every verdict, the best first. */
const MARKS: Readonly<Record<VerdictWord, Mark>> = {
  correct: { shape: '●', colour: GREEN },
  'wrong-objective': { shape: '▲', colour: VERMILLION },
  'wrong-status': { shape: '▼', colour: VERMILLION },
  'no-solve': { shape: '○', colour: ORANGE },
  exception: { shape: '✕', colour: VERMILLION },
  'missing-api': { shape: '✱', colour: PURPLE },
  'no-program': { shape: '□', colour: PURPLE },
  truncated: { shape: '◇', colour: GREY },
  time: { shape: '◷', colour: ORANGE },
  memory: { shape: '■', colour: ORANGE },
  output: { shape: '▤', colour: ORANGE },
  blocked: { shape: '⊘', colour: VERMILLION },
  licence: { shape: '§', colour: BLUE },
  uncertified: { shape: '?', colour: SKY },
  infra: { shape: '!', colour: GREY },
};

/** Of verdicts, and of what is said where nobody has judged. */
const OTHERS: Readonly<Record<string, Mark>> = {
  solved: { shape: '◉', colour: BLUE },
  written: { shape: '…', colour: GREY },
};

const BY_WORD: ReadonlyMap<string, Mark> = new Map(Object.entries({ ...MARKS, ...OTHERS }));
const UNKNOWN: Mark = { shape: '·', colour: GREY };

/** `● correct` */
export function markedWord(word: string): string {
  return `${markOf(word).shape} ${word}`;
}

export function markedHtml(word: string): Html {
  const { shape, colour } = markOf(word);
  return raw`<span style="white-space:nowrap"><span style="color:${colour}" aria-hidden="true">${shape}</span> ${word}</span>`;
}

/** Counts by word, in the order of the marks. */
export function sortedCounts(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  const words = [...BY_WORD.keys()];
  const place = (word: string): number => (words.indexOf(word) + words.length + 1) % (words.length + 1);
  return Object.entries(counts).toSorted(([left], [right]) => place(left) - place(right));
}

function markOf(word: string): Mark {
  return BY_WORD.get(word) ?? UNKNOWN;
}
