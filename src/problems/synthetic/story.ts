/** From a family's data to facts and back: one fact is one sentence. */

import type { Family, Story } from './family.ts';
import type { Values } from './phrase.ts';

export interface Fact {
  readonly kind: string;
  readonly values: Values;
}

/** The facts in the order of the family's wordings. */
export function tell(family: Family, story: Story): readonly Fact[] {
  return Object.entries(family.wordings).flatMap(([kind, { told }]) => {
    const data = story[kind];
    if (told === 'each') return (data as readonly Values[]).map((values) => ({ kind, values }));
    if (told === 'maybe') return data ? [{ kind, values: data as Values }] : [];
    return [{ kind, values: (data ?? {}) as Values }];
  });
}

/** The data that the facts tell, whatever the order of their kinds; `null` where a fact is missing or told twice. */
export function understand(family: Family, facts: readonly Fact[]): Story | null {
  const story: Record<string, Values | readonly Values[] | null> = {};
  for (const [kind, { told }] of Object.entries(family.wordings)) {
    const values = facts.filter((fact) => fact.kind === kind).map((fact) => fact.values);
    const [first] = values;
    if (told === 'each') story[kind] = values;
    else if (values.length > 1) return null;
    else if (told === 'maybe') story[kind] = first ?? null;
    else if (!first) return null;
    else if (Object.keys(first).length > 0) story[kind] = first;
  }
  return story;
}
