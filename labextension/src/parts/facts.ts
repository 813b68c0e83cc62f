import { type Child, element } from '../dom.ts';

export type Fact = readonly [name: string, value: Child];

/** Names with values, beside one another; what is not known is left out. */
export function factList(facts: readonly Fact[]): HTMLElement {
  return element(
    'dl.Facts',
    ...facts
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => element('div', element('dt', name), element('dd', { dir: 'auto' }, value))),
  );
}
