/**
 * From facts to a text and back. Each kind of fact gets one phrase per text; sentences that carry no data, most of
 * them with a number in it, are put between as distractors. Reading knows every phrase of both halves and needs to
 * recognise every sentence.
 */

import { chance, fold, integer, type Key, pick, sample } from '../../random.ts';
import type { Family } from './family.ts';
import { type Phrase, phraseOf } from './phrase.ts';
import type { Fact } from './story.ts';

/** `train` or `held-out`: which half of the wordings. */
export type Split = 'train' | 'held-out';

/** Asides: true or not, they change nothing. Each split has its own. */
const ASIDES: Readonly<Record<Split, readonly string[]>> = {
  train: [
    'The {?business} opened {years:int} years ago.',
    'The owner is {age:int} years old.',
    'Last year {visitors:int} people visited the town.',
    'The office is on floor {floor:int}.',
    'Everyone likes the new manager.',
    'In the car park {friends:int} friends founded the {?business}.',
    'It rained for {days:int} days and {minutes:int} minutes last spring.',
    'The car of the manager is {months:int} months old.',
    'Yesterday {readers:int} readers answered a survey.',
    'There is room for {guests:int} cars in the yard.',
    'The green walls were painted last year.',
    'The {?business} was bought by {owners:int} people.',
    'A book was read by {readers:int} readers.',
    'The car park was closed for {days:int} days.',
    'Yesterday {cars:int} cars were washed.',
    'Last spring it rained for {hours:int} hours.',
  ],
  'held-out': [
    'Last spring {cars:int} new cars were bought by the manager.',
    'The town was visited by {visitors:int} people last year.',
    'Yesterday the office was closed for {minutes:int} minutes.',
    'The yard was painted {months:int} months ago.',
    'Everyone in the office likes the green car.',
  ],
};

/** The phrases a family may use in a split; a held-out family has no training half to keep apart. */
function templatesOf(family: Family, kind: string, split: Split): readonly string[] {
  const wordings = family.wordings[kind];
  if (!wordings) return [];
  if (family.isHeldOut) return [...wordings.training, ...wordings.heldOut];
  return split === 'train' ? wordings.training : wordings.heldOut;
}

/** The text of a problem. The goal stays last; `asides` sentences without meaning are put before it. */
export function write(family: Family, facts: readonly Fact[], split: Split, asides: number, key: Key): string {
  const flavour = fold(key, 'flavour');
  const sentences = rotated(facts, key).map(({ kind, values }) =>
    phraseOf(pick(key, kind, templatesOf(family, kind, split))).write(values, flavour),
  );
  for (const [index, template] of sample(key, 'asides', ASIDES[split], asides).entries()) {
    const at = fold(key, `aside ${index}`);
    const phrase = phraseOf(template);
    const values = Object.fromEntries(phrase.tells.map((name) => [name, integer(at, name, 18, 60)]));
    sentences.splice(integer(at, 'place', 0, sentences.length - 1), 0, phrase.write(values, flavour));
  }
  return sentences.join(' ');
}

/** Now and then the first kind of fact is told just before the goal. */
function rotated(facts: readonly Fact[], key: Key): readonly Fact[] {
  const first = facts[0]?.kind;
  if (facts.at(-1)?.kind === first || !chance(key, 'rotate', 0.25)) return facts;
  const isFirst = (fact: Fact): boolean => fact.kind === first;
  return [...facts.slice(0, -1).filter((fact) => !isFirst(fact)), ...facts.filter(isFirst), ...facts.slice(-1)];
}

const asidePhrases: readonly Phrase[] = Object.values(ASIDES).flat().map(phraseOf);

/** The sentences of a text that are not asides. */
export function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.?]) /).filter((sentence) => asidePhrases.every((phrase) => phrase.read(sentence) === null));
}

const vocabularies = new WeakMap<Family, readonly { readonly kind: string; readonly phrase: Phrase }[]>();

/** Every phrase of a family, of both halves. */
export function vocabularyOf(family: Family): readonly { readonly kind: string; readonly phrase: Phrase }[] {
  const known = vocabularies.get(family);
  if (known) return known;
  const vocabulary = Object.entries(family.wordings).flatMap(([kind, { training, heldOut }]) =>
    [...training, ...heldOut].map((template) => ({ kind, phrase: phraseOf(template) })),
  );
  vocabularies.set(family, vocabulary);
  return vocabulary;
}
