/**
 * The rule-based reading of a problem's text. It is given the text and nothing else: no family, no split, no data.
 * Every family tries to recognise every sentence; a text counts as read only where all readings that succeed give
 * one and the same model. So a problem that is read is determined by its text, up to what {@link Phrase} names.
 */

import { FAMILIES } from './families.ts';
import type { Family } from './family.ts';
import type { Model } from './model.ts';
import { type Fact, understand } from './story.ts';
import { sentencesOf, vocabularyOf } from './wording.ts';

/** The model that the text describes; `null` where a sentence is not understood, or the text has two readings. */
export function readProblem(text: string): Model | null {
  const sentences = sentencesOf(text);
  const models = FAMILIES.flatMap((family) => {
    const facts = factsOf(family, sentences);
    const story = facts && understand(family, facts);
    const model = story && family.model(story);
    return model && isSound(model) ? [model] : [];
  });
  const [first, ...others] = models;
  if (!first) return null;
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : null;
}

/** One fact a sentence; `null` where a sentence is none of the family's phrases, or two different facts. */
function factsOf(family: Family, sentences: readonly string[]): readonly Fact[] | null {
  const vocabulary = vocabularyOf(family);
  const facts: Fact[] = [];
  for (const sentence of sentences) {
    let found: Fact | null = null;
    for (const { kind, phrase } of vocabulary) {
      const values = phrase.read(sentence);
      if (!values) continue;
      if (found && (found.kind !== kind || JSON.stringify(found.values) !== JSON.stringify(values))) return null;
      found = { kind, values };
    }
    if (!found) return null;
    facts.push(found);
  }
  return facts;
}

/** Facts that do not fit together (an unknown name, a missing number) show as rows without terms or without a bound. */
function isSound({ variables, objective, constraints }: Model): boolean {
  const isRow = (terms: Model['objective']['terms']): boolean =>
    terms.length > 0 && terms.every(([coefficient, index]) => Number.isFinite(coefficient) && index in variables);
  return (
    variables.length > 0 &&
    isRow(objective.terms) &&
    constraints.every(({ terms, bound }) => isRow(terms) && Number.isFinite(bound))
  );
}
