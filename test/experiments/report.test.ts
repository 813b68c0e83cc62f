import { beforeAll, describe, expect, test } from 'vitest';
import { transfer } from '../../src/experiments/plans/transfer.ts';
import { tiny } from '../../src/experiments/presets/tiny.ts';
import { problemSets } from '../../src/experiments/problem-sets.ts';
import { describeExperiment } from '../../src/experiments/record.ts';
import { forgettingFigure, learningFigure } from '../../src/experiments/report/curve-figures.ts';
import { htmlReport } from '../../src/experiments/report/html.ts';
import { matrixFigure } from '../../src/experiments/report/matrix-figure.ts';
import type { Figure } from '../../src/experiments/report/svg.ts';
import type { Table } from '../../src/experiments/report/table.ts';
import { tablesOf } from '../../src/experiments/report/tables.ts';
import type { Results } from '../../src/experiments/results.ts';
import { SOLVER_NAMES, type SolverName } from '../../src/types.ts';
import { makeHits, makeRows } from './fakes.ts';

const ODD = `<script>alert("1")</script> & 'co'\u0000`;

/** Base, SFT, RL and the sweep, with labels, names and errors that mean something in HTML. */
function makeResults(): Results {
  const arms = transfer.arms(tiny, { isSweep: true }).map((arm) => (arm.name === 'rl' ? { ...arm, label: ODD } : arm));
  const facts = { seeds: 3, sets: problemSets(tiny, null), policyHash: 'abc', versions: { evom: ODD } };
  const share: Readonly<Record<string, number>> = { base: 0.5, sft: 0.7, rl: 0.7 };
  const judged: readonly SolverName[] = SOLVER_NAMES.slice(0, 3);
  return {
    record: describeExperiment(transfer, tiny, arms, facts),
    rows: arms.flatMap(({ name, isMarked, training }) =>
      judged.flatMap((solver) => {
        const hits = makeHits(
          (share[name] ?? 0.6) - (solver === 'ortools' ? 0.2 : 0),
          100,
          isMarked && training ? 3 : 1,
        );
        const rows = makeRows({ arm: name, solver }, hits);
        return rows.map((row) =>
          row.verdict === 'correct' ? row : { ...row, verdict: 'missing-api' as const, missingName: ODD },
        );
      }),
    ),
    trainings: [0, 1, 2].map((seed) => ({
      ...{ arm: 'rl', seed, keptStep: 10, steps: 20, seconds: 60 },
      points: [0, 10, 20].map((step) => ({ step, accuracy: 0.5 + 0.01 * ((step * 7) % 30), n: 128 })),
    })),
  };
}

let results: Results;
let figures: readonly Figure[];
let html: string;
let tables: readonly Table[];
beforeAll(() => {
  results = makeResults();
  tables = tablesOf(results);
  figures = [matrixFigure(results), forgettingFigure(results), learningFigure(results)].filter((one) => one !== null);
  html = htmlReport(results, tables, figures);
});

/** Names of elements that are not closed in order. */
function unclosed(text: string): readonly string[] {
  const open: string[] = [];
  for (const [whole, slash, name = '', self] of text.matchAll(/<(\/?)([A-Za-z][\w-]*)[^<>]*?(\/?)>/g)) {
    if (self === '/' || ['meta', 'link', 'br'].includes(name)) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return [whole];
  }
  return open;
}

describe('what is written for readers', () => {
  test('there are three figures: the matrix, the gain against forgetting, the learning curves', () => {
    expect(figures.map(({ name }) => name)).toEqual(['matrix', 'gain-against-forgetting', 'learning']);
  });

  test('refers to nothing outside itself, and runs nothing', () => {
    for (const text of [html, ...figures.map(({ svg }) => svg)]) {
      const own = text.replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
      expect(own).not.toMatch(/https?:\/\/|<script|<link|<img|<iframe|@import|url\(|\bon\w+=|(?:href|src)=/i);
    }
  });

  test('escapes what it is given, and has every element closed', () => {
    for (const text of [html, ...figures.map(({ svg }) => svg)]) {
      expect(text).not.toContain('<script>');
      expect(text).not.toContain('\u0000');
      expect(unclosed(text)).toEqual([]);
    }
    expect(html).toContain('&#60;script&#62;alert(&#34;1&#34;)');
  });

  test.each([0, 1, 2])('figure %i has a title, a description with its numbers, and a dark side', (index) => {
    const { svg } = figures[index] as Figure;
    expect(svg).toMatch(/<title id="[\w-]+">.+<\/title>\n<desc id="[\w-]+">.*\d+\.\d.*<\/desc>/);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).toContain('role="img"');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('ids are not used twice in the report', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(6);
  });

  test('names rule, label sets, versions and configuration', () => {
    const labelSet = results.record.sets['held-out']?.labelSet ?? 'none';
    for (const fact of ['ε 0.05', 'ε 0.0001', labelSet, 'policyHash', 'Differs from the paper', 'learningRate']) {
      expect(html).toContain(fact);
    }
  });
});

describe('tables', () => {
  const named = (title: string): Table => tables.find((table) => table.title === title) as Table;

  test('the matrix has an interval in every cell that was judged', () => {
    const { header, rows } = named('Trained on × judged on');
    expect(header).toEqual([
      'trained on',
      ...['gurobi', 'ortools', 'copt'].flatMap((name) => [`${name}, greedy`]),
      ...['gurobi', 'ortools', 'copt'].map((name) => `${name}, sampled`),
    ]);
    expect(rows.map(([label]) => label)).toEqual(['base', 'SFT on gurobi', ODD]);
    expect(rows[0]?.[1]).toBe('50.0 [40.4, 59.6]');
  });

  test('each seed of a score is printed', () => {
    const row = named('Every score').rows.find(([label, solver]) => label === 'SFT on gurobi' && solver === 'gurobi');
    expect(row?.at(-1)).toBe('70.0 / 70.0 / 70.0');
  });

  test('the sweep has a line for each setting', () => {
    expect(named('Gain against forgetting').rows).toHaveLength(results.record.arms.length);
  });

  test('verdict shares add up to 100', () => {
    const { header, rows } = named('What became of the programs');
    const end = header.indexOf('5 % only');
    for (const row of rows) expect(row.slice(3, end).reduce((sum, cell) => sum + Number(cell), 0)).toBeCloseTo(100, 0);
  });

  test('invented names are counted', () => {
    expect(named('Invented names and exceptions').rows[0]?.[2]).toBe(`${ODD} (50)`);
  });

  test('no cell says NaN', () => {
    for (const { rows } of tables)
      for (const row of rows) for (const cell of row) expect(cell).not.toMatch(/NaN|undefined/);
  });
});
