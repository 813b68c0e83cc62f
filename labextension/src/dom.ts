/** Elements with text, never with markup: whatever a program printed or a policy wrote is shown as it is. */

/** What is not there is nothing: `isKnown && node` needs no list of its own. */
export type Child = Node | string | null | undefined | false;

export interface Attributes {
  readonly class?: string | false | undefined;
  readonly [name: string]: string | number | boolean | undefined;
}

/** A tag with classes of this extension: `td.Number` is a `td` of class `evom-Number`. */
type Selector = keyof HTMLElementTagNameMap | `${keyof HTMLElementTagNameMap}.${string}`;

type ElementOf<Name extends Selector> = Name extends keyof HTMLElementTagNameMap
  ? HTMLElementTagNameMap[Name]
  : Name extends `${infer Tag extends keyof HTMLElementTagNameMap}.${string}`
    ? HTMLElementTagNameMap[Tag]
    : never;

/**
 * `element('td.Number', { dir: 'auto' }, '3')`; the attributes may be left out. `true` is an attribute without a value;
 * `false` and `undefined` are none.
 */
export function element<Name extends Selector>(
  name: Name,
  first?: Attributes | Child,
  ...children: readonly Child[]
): ElementOf<Name> {
  const [tag = '', ...classes] = name.split('.');
  const made = document.createElement(tag);
  if (classes.length > 0) made.className = classes.map((one) => `evom-${one}`).join(' ');
  const isChild = !first || typeof first === 'string' || first instanceof Node;
  if (!isChild) setAttributes(made, first);
  made.append(...known(isChild ? [first, ...children] : children));
  return made as ElementOf<Name>;
}

/** Those that are there. */
export function known<Item>(items: readonly (Item | null | undefined | false)[]): readonly Item[] {
  return items.filter((item): item is Item => item !== null && item !== undefined && item !== false);
}

/** Of an element, or of a shape of a drawing. */
export function setAttributes(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : `${value}`);
  }
}

/** A button with its listener; `type=button`, so that it submits nothing. */
export function button(label: Child, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button.Button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** A box that scrolls, also by the keyboard. */
export const scrolling = (label: string): Attributes => ({ tabindex: 0, role: 'group', 'aria-label': label });

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
