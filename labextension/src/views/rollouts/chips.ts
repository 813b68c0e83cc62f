import { element } from '../../dom.ts';
import { counted } from '../../text/numbers.ts';

export interface Chips {
  readonly node: HTMLElement;
  show(counts: ReadonlyMap<string, number>, pressed: ReadonlySet<string>): void;
}

/** Buttons that stay pressed, one a word, each with how many rows it stands for. They are kept while their words are. */
export function createChips(
  label: string,
  draw: (word: string) => Node | string,
  toggle: (word: string) => void,
): Chips {
  const node = element('div.Chips', { role: 'group', 'aria-label': label });
  const chips = new Map<string, { readonly chip: HTMLElement; readonly count: HTMLElement }>();
  const addChip = (word: string): void => {
    const count = element('span.Chip-count');
    const chip = element('button', { type: 'button', class: 'evom-Chip' }, draw(word), ' ', count);
    chip.addEventListener('click', () => toggle(word));
    chips.set(word, { chip, count });
    node.append(chip);
  };
  return {
    node,
    show(counts, pressed) {
      for (const word of counts.keys()) if (!chips.has(word)) addChip(word);
      const order = [...counts.keys()].map((word) => chips.get(word)?.chip as HTMLElement);
      // Moving a button takes its focus away: only where another has come between.
      if (order.some((chip, index) => node.children[index] !== chip)) node.append(...order);
      for (const [word, { chip, count }] of chips) {
        chip.hidden = !counts.has(word);
        chip.ariaPressed = String(pressed.has(word));
        count.textContent = counted(counts.get(word) ?? 0);
      }
      node.hidden = counts.size < 2 && pressed.size === 0;
    },
  };
}
