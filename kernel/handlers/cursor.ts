/**
 * Jupyter counts a cursor's place in Unicode code points, JavaScript in UTF-16 code units: `𝑥` is one of the former and
 * two of the latter. Places outside the text are moved to its ends.
 */

export function unitOffset(code: string, points: number): number {
  let offset = 0;
  for (const point of code) {
    if (points < 1) break;
    points -= 1;
    offset += point.length;
  }
  return offset;
}

export function pointOffset(code: string, units: number): number {
  let points = 0;
  for (let offset = 0; offset < Math.min(units, code.length); points++) {
    offset += (code.codePointAt(offset) as number) > 0xffff ? 2 : 1;
  }
  return points;
}
