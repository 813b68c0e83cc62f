/** What is drawn, as plain data: a chart is a function from numbers to shapes, so that no test of it needs a browser. */

export interface Shape {
  readonly tag: 'circle' | 'g' | 'line' | 'path' | 'rect' | 'text';
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Text is never markup. */
  readonly content?: string | readonly Shape[];
}

export interface Drawing {
  /** Pixels, as are all lengths here. */
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  /** Where the data are, within the axes. */
  readonly plot: PlotArea;
}

export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function textShape(
  x: number,
  y: number,
  content: string,
  attributes: Readonly<Record<string, string | number>> = {},
): Shape {
  return { tag: 'text', attributes: { x: pixel(x), y: pixel(y), ...attributes }, content };
}

/** Filled with a colour of `style/figures.css`, named by its property. */
export function filled(property: string): string {
  return `fill: var(${property})`;
}

export function stroked(property: string): string {
  return `stroke: var(${property}); fill: none`;
}

/** `M0,0L10,5`. */
export function pathThrough(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${pixel(x)},${pixel(y)}`).join('');
}

/** Tenths are enough, and keep files small. */
export function pixel(value: number): number {
  return Math.round(value * 10) / 10;
}
