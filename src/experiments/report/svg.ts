/**
 * Small figures as SVG text: self-contained, with a title and a description for who does not see them, and colours that
 * can be told apart by the colour-blind (Okabe & Ito 2008), on light and dark ground alike.
 */

import { escapeText } from '../../escape-text.ts';

/** A figure, by the name of its file. */
export interface Figure {
  readonly name: string;
  readonly svg: string;
}

/** Series after series. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;

const STYLE = `
  .evom { font: 12px system-ui, sans-serif; fill: #1b1b1b; }
  .evom .ground { fill: #ffffff; }
  .evom .heat { fill: #56b4e9; }
  .evom .quiet { fill: #555555; }
  .evom .line { stroke: #c4c4c4; stroke-width: 1; fill: none; }
  .evom .base { fill: #1b1b1b; stroke: #1b1b1b; }
${COLOURS.map((colour, index) => `  .evom .c${index} { fill: ${colour}; stroke: ${colour}; }`).join('\n')}
  .evom .curve { fill: none; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    .evom { fill: #ececec; }
    .evom .ground { fill: #16181c; }
    .evom .heat { fill: #0072b2; }
    .evom .quiet { fill: #b0b0b0; }
    .evom .line { stroke: #4a4a4a; }
    .evom .base { fill: #ececec; stroke: #ececec; }
  }`;

/** A whole SVG; sizes in pixels. */
export function svgFigure(
  name: string,
  { title, description }: { readonly title: string; readonly description: string },
  [width, height]: readonly [number, number],
  body: readonly string[],
): Figure {
  const [titleId, descriptionId] = [`${name}-title`, `${name}-description`];
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="evom" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${titleId} ${descriptionId}">`,
    `<title id="${titleId}">${escapeText(title)}</title>`,
    `<desc id="${descriptionId}">${escapeText(description)}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    ...body,
    '</svg>',
  ];
  return { name, svg: `${svg.join('\n')}\n` };
}

export function text(
  [x, y]: readonly [number, number],
  content: string,
  {
    anchor = 'start',
    className = '',
  }: { readonly anchor?: 'start' | 'middle' | 'end'; readonly className?: string } = {},
): string {
  const attributes = `x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"${className === '' ? '' : ` class="${className}"`}`;
  return `<text ${attributes}>${escapeText(content)}</text>`;
}

export function line(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  className: string,
): string {
  return `<line class="${className}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** The colour of series `index`, as a class. */
export function colourOf(index: number): string {
  return `c${index % COLOURS.length}`;
}
