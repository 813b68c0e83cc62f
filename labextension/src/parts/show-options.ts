import { element } from '../dom.ts';

/** What a field offers to choose from. It is left alone while that is the same; else what was chosen stays where it can. */
export function showOptions(select: HTMLSelectElement, values: readonly string[], titles = values): void {
  const { value, options } = select;
  if (values.join('\n') === [...options].map((option) => option.value).join('\n')) return;
  select.replaceChildren(...values.map((one, index) => element('option', { value: one }, titles[index])));
  select.value = values.includes(value) ? value : (values[0] ?? '');
}
