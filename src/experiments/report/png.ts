import { Resvg } from '@resvg/resvg-js';

/** Pixels of a PNG for a unit of its SVG: sharp on a dense screen and in print. */
const PNG_ZOOM = 2;

/** The picture of an SVG. The same fonts give the same bytes. */
export function pngOf(svg: string, zoom: number = PNG_ZOOM): Buffer {
  const font = { defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom }, font }).render().asPng();
}
