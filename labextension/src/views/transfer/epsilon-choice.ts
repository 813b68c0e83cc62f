import { element } from '../../dom.ts';

export interface EpsilonChoice {
  readonly node: HTMLElement;
  /** Returns the one that is chosen; null where there is none. */
  show(epsilons: readonly number[]): number | null;
}

let choices = 0;

/** At which ε a matrix is shown: the loosest, until somebody chooses another. */
export function createEpsilonChoice(onChange: () => void): EpsilonChoice {
  const node = element('fieldset.Choice');
  let chosen: number | null = null;
  let shown = '';
  choices += 1;
  const group = `evom-epsilon-${choices}`;
  return {
    node,
    show(epsilons) {
      const current = chosen !== null && epsilons.includes(chosen) ? chosen : (epsilons[0] ?? null);
      node.hidden = epsilons.length < 2;
      if (epsilons.join() !== shown) {
        shown = epsilons.join();
        node.replaceChildren(
          element('legend', 'Relative tolerance ε'),
          ...epsilons.map((one) => option(one, one === current)),
        );
      }
      return current;
    },
  };

  function option(epsilon: number, isChecked: boolean): HTMLElement {
    const input = element('input', { type: 'radio', name: group, checked: isChecked });
    input.addEventListener('change', () => {
      chosen = epsilon;
      onChange();
    });
    return element('label', input, String(epsilon));
  }
}
