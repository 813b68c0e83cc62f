/** The charts that are in sight under a node, as one PNG in the colours of the theme. */

import { setAttributes } from '../dom.ts';
import { downloadBlob } from '../parts/table-buttons.ts';
import { readTheme } from '../theme.ts';
import { createSvg, shapeElement } from './svg.ts';

/** Pixels of the picture for each one of the screen, and around the charts. */
const [SCALE, MARGIN, TITLE] = [2, 16, 28];
/** What a chart takes from style sheets, which a file does not have. */
const STYLES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity'],
  ...['font-family', 'font-size', 'font-weight', 'text-anchor'],
];

export async function downloadPicture(node: HTMLElement, title: string, fileName: string): Promise<void> {
  const blob = await pictureOf(node, title);
  downloadBlob(`${fileName}.png`, blob);
}

export async function pictureOf(node: HTMLElement, title: string): Promise<Blob> {
  const charts = [...node.querySelectorAll<SVGSVGElement>('svg.evom-Chart')].filter((svg) => svg.clientWidth > 0);
  const places = charts.map((svg) => svg.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left)) - MARGIN;
  const top = Math.min(...places.map((place) => place.top)) - MARGIN - TITLE;
  const width = Math.max(...places.map((place) => place.right)) - left + MARGIN;
  const height = Math.max(...places.map((place) => place.bottom)) - top + MARGIN;
  const { background, text, font } = readTheme(node);
  const whole = createSvg({ xmlns: 'http://www.w3.org/2000/svg', width, height });
  whole.append(
    shapeElement({ tag: 'rect', attributes: { width, height, style: `fill: ${background}` } }),
    shapeElement({
      tag: 'text',
      attributes: { x: MARGIN, y: MARGIN + 8, style: `fill: ${text}; font: 600 14px ${font}` },
      content: title,
    }),
    ...charts.map((svg, index) => {
      const copy = withStyles(svg);
      const place = places[index] as DOMRect;
      setAttributes(copy, { x: place.left - left, y: place.top - top });
      return copy;
    }),
  );
  return toPng(new XMLSerializer().serializeToString(whole), width, height);
}

function withStyles(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const copies = copy.querySelectorAll<SVGElement>('*');
  svg.querySelectorAll('*').forEach((element, index) => {
    const style = getComputedStyle(element);
    copies[index]?.setAttribute('style', STYLES.map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; '));
  });
  return copy;
}

async function toPng(source: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(SCALE * width);
  canvas.height = Math.ceil(SCALE * height);
  const context = canvas.getContext('2d');
  context?.scale(SCALE, SCALE);
  context?.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('This browser made no picture')) : resolve(blob)),
      'image/png',
    );
  });
}
