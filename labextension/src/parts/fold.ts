import { element } from '../dom.ts';

/** Which folds a person has opened or closed, by title; it outlives the elements, which are drawn anew. */
export type OpenFolds = Map<string, boolean>;

/** A part that opens and closes. What is in it is drawn when it is first open. */
export function fold(title: string, draw: () => Node, memory: OpenFolds, isOpen = false): HTMLElement {
  const details = element('details.Fold', element('summary', title));
  const fill = (): void => {
    if (details.open && details.childElementCount === 1) details.append(draw());
  };
  details.open = memory.get(title) ?? isOpen;
  fill();
  details.addEventListener('toggle', () => {
    memory.set(title, details.open);
    fill();
  });
  return details;
}
