/** Which of the stored steps is shown. It follows the newest one until somebody chooses another. */

import { button, element } from '../../dom.ts';

export interface StepSlider {
  readonly node: HTMLElement;
  /** Names of the steps, in order. Returns the position that is chosen. */
  show(names: readonly string[]): number;
  choose(position: number): void;
}

let sliders = 0;

export function createStepSlider(onChange: () => void): StepSlider {
  let names: readonly string[] = [];
  /** Null: the newest. */
  let chosen: number | null = null;
  sliders += 1;
  const id = `evom-step-${sliders}`;
  const slider = element('input', { type: 'range', min: 0, id, class: 'evom-Slider' });
  const told = element('output', { for: id });
  const newest = button('Newest', () => choose(null));
  const node = element(
    'div.Steps',
    element('label', { for: id }, 'Step'),
    button('◀', () => choose(position() - 1), { 'aria-label': 'Step before' }),
    slider,
    button('▶', () => choose(position() + 1), { 'aria-label': 'Step after' }),
    told,
    newest,
  );
  const position = (): number => Math.min(chosen ?? names.length - 1, names.length - 1);
  const draw = (): number => {
    const at = Math.max(0, position());
    const name = `step ${names[at] ?? ''}, ${at + 1} of ${names.length}`;
    node.hidden = names.length < 2;
    slider.max = String(Math.max(0, names.length - 1));
    slider.value = String(at);
    slider.ariaValueText = name;
    told.textContent = name;
    newest.disabled = at === names.length - 1;
    return at;
  };
  const choose = (given: number | null): void => {
    const last = names.length - 1;
    chosen = given === null || given >= last ? null : Math.max(0, given);
    draw();
    onChange();
  };
  slider.addEventListener('input', () => choose(Number(slider.value)));
  return {
    node,
    show(given) {
      names = given;
      return draw();
    },
    choose,
  };
}
