/** Shapes as elements. */

import type { Drawing, Shape } from './shape.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Empty, to be drawn into again and again. */
export function createSvg(attributes: Readonly<Record<string, string>> = {}): SVGSVGElement {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('class', 'evom-Chart');
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  return svg;
}

export function drawInto(svg: SVGSVGElement, { width, height, shapes }: Drawing): void {
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.replaceChildren(...shapes.map(shapeElement));
}

export function shapeElement({ tag, attributes, content }: Shape): SVGElement {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (typeof content === 'string') made.textContent = content;
  else made.append(...(content ?? []).map(shapeElement));
  return made;
}
