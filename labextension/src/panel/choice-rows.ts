/** What can be chosen by name, each with a button that writes the choice into the notebook. */

import { button, element } from '../dom.ts';
import { oneLine } from '../text/visible-text.ts';
import { createKeyedList, type KeyedList } from './keyed-list.ts';

export interface Choice {
  readonly name: string;
  readonly isChosen: boolean;
}

/** `choices('tiny:1:64', ['tiny', 'synthetic'])`: the chosen one first, also where no list has it. */
export function choices(chosen: string | null, names: readonly string[]): readonly Choice[] {
  const others = names.filter((name) => name !== chosen).map((name) => ({ name, isChosen: false }));
  return chosen === null ? others : [{ name: chosen, isChosen: true }, ...others];
}

export function createChoiceList(magic: string, choose: (name: string) => void): KeyedList<Choice> {
  return createKeyedList(
    'None are known.',
    ({ name }) => name,
    (name) => {
      const title = `Write %${magic} ${oneLine(name, 60)} into the notebook`;
      const mark = element('span', { class: 'evom-Quiet' });
      const use = button(oneLine(name, 60), () => choose(name), { class: 'evom-Panel-link', title });
      return {
        node: element('li', {}, element('div', { class: 'evom-Panel-head' }, use, mark)),
        show: ({ isChosen }) => {
          mark.textContent = isChosen ? '● chosen' : '';
        },
      };
    },
  );
}
