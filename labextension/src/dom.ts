/** Elements with text, never with markup: whatever a program printed or a policy wrote is shown as it is. */

export type Child = Node | string | null;

export interface Attributes {
  readonly class?: string;
  readonly [name: string]: string | number | boolean | undefined;
}

/** `element('td', { class: 'evom-Number' }, '3')`. `true` is an attribute without a value; `false` and `undefined` are none. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button with its listener; `type=button`, so that it submits nothing. */
export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'evom-Button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/**
 * Keys that are pressed in a view are the view's: in a notebook an arrow would choose another cell, `d d` delete this one.
 * Chords (Ctrl+S, Shift+Enter) stay JupyterLab's, which listens above.
 */
export function keepKeys(node: HTMLElement): void {
  node.addEventListener('keydown', (event) => {
    const isChord = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === 'Enter');
    if (!isChord) event.stopPropagation();
  });
}
