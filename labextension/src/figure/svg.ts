/** Shapes as elements. */

import { type Attributes, setAttributes } from '../dom.ts';
import type { Drawing, Shape } from './shape.ts';

/** Empty, to be drawn into again and again. */
export function createSvg(attributes: Attributes = {}): SVGSVGElement {
  return svgElement('svg', { class: 'evom-Chart', ...attributes });
}

export function drawInto(svg: SVGSVGElement, { width, height, shapes }: Drawing): void {
  setAttributes(svg, { viewBox: `0 0 ${width} ${height}`, width, height });
  svg.replaceChildren(...shapes.map(shapeElement));
}

export function shapeElement({ tag, attributes, content = [] }: Shape): SVGElement {
  const made = svgElement(tag, attributes);
  if (typeof content === 'string') made.textContent = content;
  else made.append(...content.map(shapeElement));
  return made;
}

function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes,
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  setAttributes(made, attributes);
  return made;
}
