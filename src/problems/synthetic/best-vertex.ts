/**
 * The optimum of a small linear program by visiting every vertex. Determinants of integers are exact (below 2^53),
 * so the value is a ratio of two exact integers. Independent of every solver; for at most four variables.
 */

import type { Relation } from './model.ts';

export interface HalfSpace {
  readonly coefficients: readonly number[];
  readonly relation: Relation;
  readonly bound: number;
}

/** Far beyond every vertex of the generated problems; reaching it means that nothing else stops the objective. */
const FAR = 1_000_000;

/** The largest `gains · x` over x ≥ 0 and the rows. */
export function bestVertex(gains: readonly number[], rows: readonly HalfSpace[]): number | 'infeasible' | 'unbounded' {
  const size = gains.length;
  const unit = (index: number): number[] => gains.map((_, other) => (other === index ? 1 : 0));
  const all: readonly HalfSpace[] = [
    ...rows,
    ...gains.map((_, index) => ({ coefficients: unit(index), relation: '>=' as const, bound: 0 })),
    { coefficients: gains.map(() => 1), relation: '<=', bound: FAR },
  ];
  let near: number | null = null;
  let far: number | null = null;
  for (const chosen of subsets(all.length, size)) {
    const basis = chosen.map((index) => all[index] as HalfSpace);
    const divisor = determinant(basis.map((row) => row.coefficients));
    if (divisor === 0) continue;
    const point = gains.map((_, column) =>
      determinant(basis.map((row) => replaced(row.coefficients, column, row.bound))),
    );
    if (!all.every((row) => holds(row, point, divisor))) continue;
    const value = dot(gains, point) / divisor;
    if (chosen.includes(all.length - 1)) far = Math.max(far ?? value, value);
    else near = Math.max(near ?? value, value);
  }
  if (near === null) return 'infeasible';
  return far !== null && far > near + 1e-6 ? 'unbounded' : near;
}

/** Whether the point `numerators / divisor` satisfies the row; in integers. */
function holds(row: HalfSpace, numerators: readonly number[], divisor: number): boolean {
  const slack = (dot(row.coefficients, numerators) - row.bound * divisor) * Math.sign(divisor);
  if (row.relation === '<=') return slack <= 0;
  return row.relation === '>=' ? slack >= 0 : slack === 0;
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] as number), 0);
}

function replaced(row: readonly number[], column: number, value: number): readonly number[] {
  return row.map((old, index) => (index === column ? value : old));
}

/** Laplace expansion along the first row: exact for integers, fine for up to 4 × 4. */
function determinant(matrix: readonly (readonly number[])[]): number {
  const [first, ...others] = matrix;
  if (!first) return 1;
  return first.reduce((sum, value, column) => {
    if (value === 0) return sum;
    const minor = others.map((row) => row.filter((_, index) => index !== column));
    return sum + (column % 2 === 0 ? value : -value) * determinant(minor);
  }, 0);
}

/** Every set of `size` indices below `count`, in rising order. */
function* subsets(count: number, size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= count - size; first++) {
    for (const rest of subsets(count, size - 1, first + 1)) yield [first, ...rest];
  }
}
