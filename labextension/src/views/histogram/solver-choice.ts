import { element } from '../../dom.ts';
import { solverColour } from '../../figure/colours.ts';
import { solverTitle } from '../../palette.ts';

export interface SolverChoice {
  readonly node: HTMLElement;
  /** Solvers that are left out. */
  readonly hidden: ReadonlySet<string>;
  show(solvers: readonly string[]): void;
}

/** Which solvers a figure shows: boxes to tick, where there are several. */
export function createSolverChoice(onChange: () => void): SolverChoice {
  const hidden = new Set<string>();
  const node = element('fieldset.Choice');
  let shown = '';
  return {
    node,
    hidden,
    show(solvers) {
      node.hidden = solvers.length < 2;
      if (solvers.join() === shown) return;
      shown = solvers.join();
      node.replaceChildren(element('legend', 'Solvers'), ...solvers.map((solver) => box(solver)));
    },
  };

  function box(solver: string): HTMLElement {
    const input = element('input', { type: 'checkbox', checked: !hidden.has(solver) });
    input.addEventListener('change', () => {
      if (input.checked) hidden.delete(solver);
      else hidden.add(solver);
      onChange();
    });
    const key = element('span.Key', { style: `background: var(${solverColour(solver)})`, 'aria-hidden': 'true' });
    return element('label', input, key, solverTitle(solver));
  }
}
