import { expect, test } from 'vitest';
import { epsilonsOf, matrixRows } from '../../../labextension/src/views/transfer/matrix-cells.ts';
import { drawMatrix, heat } from '../../../labextension/src/views/transfer/matrix-picture.ts';
import { baseRow, compareToBase } from '../../../labextension/src/views/transfer/significance.ts';
import {
  errorTable,
  missingTable,
  scoreTable,
  transferTables,
} from '../../../labextension/src/views/transfer/transfer-tables.ts';
import { makeScore, makeTransfer } from '../figure-data.ts';

const DATA = makeTransfer();

test('a score is marked only where its interval lies apart from the base’s', () => {
  const base = makeScore(0.5, { low: 0.4, high: 0.6 });
  expect(compareToBase(makeScore(0.8, { low: 0.61, high: 0.9 }), base)).toBe('above');
  expect(compareToBase(makeScore(0.2, { low: 0.1, high: 0.39 }), base)).toBe('below');
  expect(compareToBase(makeScore(0.7, { low: 0.6, high: 0.8 }), base)).toBe('unclear');
  expect(compareToBase(makeScore(1, { n: 0, low: 0.9 }), base)).toBe('unclear');
});

test('the base is the first row that nothing was taught, and an evaluation has none', () => {
  expect(baseRow(DATA.rows)?.policy).toBe('base');
  expect(baseRow(DATA.rows.slice(0, 1))).toBeNull();
  expect(baseRow(DATA.rows.slice(1))).toBeNull();
});

test('a cell tells accuracy, interval, n, its mark, and whether it was trained on its solver', () => {
  expect(epsilonsOf(DATA)).toEqual([0.05, 0.0001]);
  const [base, taught] = matrixRows(DATA, 0.05);
  expect(base?.cells.map(({ mark }) => mark)).toEqual(['', '']);
  expect(taught?.cells).toMatchObject([
    { text: '90 % [80, 100]', n: 100, mark: '▲ above base', isOwn: true },
    { text: '45 % [35, 55]', mark: '', isOwn: false },
  ]);
  expect(matrixRows(DATA, null)[0]?.cells[0]).toMatchObject({ text: '–', score: null });
});

test('errors and missing names are tables, by cell', () => {
  expect(scoreTable(DATA).rows).toHaveLength(8);
  expect(
    errorTable(DATA)
      .header.slice(2)
      .map((name) => name.slice(2)),
  ).toEqual(['missing API', 'correct']);
  expect(errorTable(DATA).rows[0]?.slice(2)).toEqual([5, 3]);
  expect(missingTable(DATA).rows[0]).toEqual(['highspy.solve_everything', 'HiGHS', 'base', 5]);
});

test('cells without rollouts have scores and no errors', () => {
  const rows = DATA.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => ({ ...cell, verdicts: null, missingNames: null })),
  }));
  expect(transferTables({ ...DATA, rows }).map(({ caption }) => caption)).toEqual(['Accuracy with 95 % intervals']);
});

test('the picture has a rectangle for each cell, the deeper the better', () => {
  const { shapes } = drawMatrix(matrixRows(DATA, 0.05), ['HiGHS', 'SCIP'], 'rule');
  expect(shapes.filter(({ tag }) => tag === 'rect')).toHaveLength(4);
  expect([heat(0), heat(0.5), heat(null), heat(7)].map((colour) => /\d+%/.exec(colour)?.[0])).toEqual([
    '0%',
    '50%',
    '0%',
    '100%',
  ]);
});
