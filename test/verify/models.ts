/** Small models as MPS text. */

export interface MpsModel {
  readonly sense?: 'MIN' | 'MAX';
  /** `[row, type, right side]` */
  readonly rows?: readonly (readonly [string, 'L' | 'G' | 'E', number])[];
  /** Objective first, then the rows: `{x: [1, {R0: 2}]}` */
  readonly columns: Readonly<Record<string, readonly [number, Readonly<Record<string, number>>?]>>;
  readonly bounds?: readonly string[];
  readonly integer?: boolean;
}

export function mps({ sense = 'MIN', rows = [], columns, bounds = [], integer = false }: MpsModel): string {
  return [
    'NAME model',
    `OBJSENSE\n    ${sense}`,
    'ROWS',
    ' N OBJ',
    ...rows.map(([name, type]) => ` ${type} ${name}`),
    'COLUMNS',
    ...(integer ? [" M1 'MARKER' 'INTORG'"] : []),
    ...Object.entries(columns).flatMap(([name, [cost, entries = {}]]) => [
      ` ${name} OBJ ${cost}`,
      ...Object.entries(entries).map(([row, value]) => ` ${name} ${row} ${value}`),
    ]),
    ...(integer ? [" M2 'MARKER' 'INTEND'"] : []),
    'RHS',
    ...rows.map(([name, , side]) => ` RHS ${name} ${side}`),
    'BOUNDS',
    ...bounds.map((bound) => ` ${bound}`),
    'ENDATA',
    '',
  ].join('\n');
}

/** max 3x + 2y, x + y ≤ 4, x ≤ 3: 11. Nothing is odd about it. */
export const HONEST: string = mps({
  sense: 'MAX',
  rows: [['R0', 'L', 4]],
  columns: { X: [3, { R0: 1 }], Y: [2, { R0: 1 }] },
  bounds: ['UP BND X 3', 'UP BND Y 9'],
});

/** Market split: binary equalities on which branch and bound runs for longer than a test waits. */
export function marketSplit(variables: number, rows: number): string {
  let seed = 1;
  const next = (): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % 100;
  };
  const matrix = Array.from({ length: rows }, () => Array.from({ length: variables }, next));
  const sides = matrix.map((row) => Math.floor(row.reduce((sum, value) => sum + value, 0) / 2));
  return mps({
    rows: sides.map((side, row) => [`R${row}`, 'E', side]),
    columns: Object.fromEntries(
      Array.from({ length: variables }, (_, column) => [
        `X${column}`,
        [column % 7, Object.fromEntries(matrix.map((row, index) => [`R${index}`, row[column] ?? 0]))],
      ]),
    ),
    bounds: Array.from({ length: variables }, (_, column) => `BV BND X${column}`),
    integer: true,
  });
}
