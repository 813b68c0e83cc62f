/** Every table of an experiment, from its results alone. Pure. */

import type { SolverName } from '../../types.ts';
import { type Claim, type Evidence, type Judgement, judgeClaim } from '../claims.ts';
import { describeTraining } from '../experiment.ts';
import type { Mode } from '../judging/score-row.ts';
import { type Cell, RowIndex } from '../judging/scores.ts';
import { HELD_OUT } from '../problem-sets.ts';
import type { ArmRecord } from '../record.ts';
import type { Results } from '../results.ts';
import { holm, mcNemarTest } from '../statistics.ts';
import { failureTables } from './failure-tables.ts';
import { percent, points, type Table } from './table.ts';

const MODES: readonly Mode[] = ['greedy', 'sampled'];

/** In the order of the report. Tables without a row are left out. */
export function tablesOf(results: Results): readonly Table[] {
  const index = new RowIndex(results.rows);
  return [
    matrixTable(results, index),
    claimsTable(results, index),
    scoresTable(results, index),
    pairsTable(results, index),
    curvesTable(results),
    sweepTable(results, index),
    ...failureTables(results),
    armsTable(results),
  ].filter(({ rows }) => rows.length > 0);
}

/** The claims, each as the greedy completions settle it. */
function judgementsOf(
  results: Results,
  mode: Mode = 'greedy',
  index: RowIndex = new RowIndex(results.rows),
): readonly Judgement[] {
  const arms = results.record.arms.map(({ name }) => name);
  const evidence: Evidence = { rows: index, trainings: results.trainings, arms };
  return results.record.claims.map((claim) => judgeClaim(claim, evidence, mode));
}

/** Solvers that any arm was judged on, in the order in which arms name them. */
export function judgedSolvers({ record }: Results): readonly SolverName[] {
  return [...new Set(record.arms.flatMap(({ judgedOn }) => judgedOn))];
}

export function markedArms({ record }: Results): readonly ArmRecord[] {
  return record.arms.filter(({ isMarked }) => isMarked);
}

function matrixTable(results: Results, index: RowIndex): Table {
  const solvers = judgedSolvers(results);
  const columns = MODES.flatMap((mode) => solvers.map((solver) => ({ mode, solver })));
  const cells = markedArms(results).map(({ name, label }) => [
    label,
    ...columns.map(({ mode, solver }) => describeCell(index.cellOf({ arm: name, solver, split: HELD_OUT, mode }))),
  ]);
  const { problems = 0 } = results.record.sets[HELD_OUT] ?? {};
  return {
    title: 'Trained on × judged on',
    note: `accuracy in percent with Wilson's 95 % interval over ${problems} problems of the held-out set, mean over ${results.record.seeds} seeds (the base has one); rule evom, ε 0.05`,
    header: ['trained on', ...columns.map(({ mode, solver }) => `${solver}, ${mode}`)],
    rows: cells,
  };
}

function describeCell({ accuracy, interval }: Cell): string {
  return accuracy === null ? '–' : `${percent(accuracy)} [${percent(interval.low)}, ${percent(interval.high)}]`;
}

function claimsTable(results: Results, index: RowIndex): Table {
  const [greedy, sampled] = MODES.map((mode) => judgementsOf(results, mode, index)) as [
    readonly Judgement[],
    readonly Judgement[],
  ];
  return {
    title: 'Claims, fixed before the run',
    note: 'settled by the held-out set, greedy, ε 0.05: confirmed or refuted where the whole 95 % interval (bootstrap over seeds and problems, paired) lies on one side of the bound; sampled completions are shown beside and settle nothing',
    header: ['claim', 'text', 'finding', 'compared', 'estimate', '95 %', 'each seed', 'n', 'sampled says'],
    rows: greedy.map((judgement, at) => {
      const { claim, finding, compared, estimate, interval, bySeed, n, seeds } = judgement;
      const said = sampled[at];
      const beside =
        said === undefined || claim.kind === 'steps' ? '–' : `${said.finding} (${amount(claim, said.estimate)})`;
      return [
        claim.name,
        claim.text,
        finding,
        compared,
        amount(claim, estimate),
        interval === null ? '–' : `[${amount(claim, interval.low)}, ${amount(claim, interval.high)}]`,
        bySeed.map((value) => amount(claim, value)).join(' / ') || '–',
        `${n} × ${seeds} seeds`,
        beside,
      ];
    }),
  };
}

/** Points for differences, a ratio for steps. */
function amount(claim: Claim, value: number | null): string {
  if (value === null || Number.isNaN(value)) return '–';
  if (claim.kind !== 'steps') return points(value);
  return Number.isFinite(value) ? value.toFixed(2) : 'never';
}

/** One line for each arm, solver, set and mode: the whole of what was judged. */
function scoresTable(results: Results, index: RowIndex): Table {
  const { record } = results;
  const rows = Object.keys(record.sets).flatMap((split) =>
    record.arms.flatMap(({ name, label, judgedOn }) =>
      judgedOn.flatMap((solver) =>
        MODES.flatMap((mode) => {
          const selection = { arm: name, solver, split, mode };
          const [cell, strict] = [index.cellOf(selection), index.cellOf({ ...selection, isStrict: true })];
          if (cell.n + cell.masked === 0) return [];
          const counts = [cell.problems, cell.seeds.length, cell.n, cell.masked].map(String);
          const bySeed = cell.bySeed.map(percent).join(' / ');
          return [[label, solver, split, mode, ...counts, describeCell(cell), describeCell(strict), bySeed]];
        }),
      ),
    ),
  );
  const sets = Object.entries(record.sets).map(([split, { labelSet }]) => `${split} ${labelSet}`);
  return {
    title: 'Every score',
    note: `accuracy in percent with Wilson's 95 % interval over problems; rule evom; label sets: ${sets.join(', ')}`,
    header: [
      'trained on',
      'judged on',
      'set',
      'mode',
      'problems',
      'seeds',
      'n',
      'masked',
      'ε 0.05',
      'ε 0.0001',
      'each seed, ε 0.05',
    ],
    rows,
  };
}

/** Marked arms against each other, seed by seed: which problems only one of them solves. */
function pairsTable(results: Results, index: RowIndex): Table {
  const arms = markedArms(results);
  const pairs = arms.flatMap((left, at) => arms.slice(at + 1).map((right) => ({ left, right })));
  const tests = pairs.flatMap(({ left, right }) =>
    left.judgedOn
      .filter((solver) => right.judgedOn.includes(solver))
      .flatMap((solver) => {
        const select = (arm: string) => ({ arm, solver, split: HELD_OUT, mode: 'greedy' }) as const;
        const seeds = [...new Set([...index.seedsOf(select(left.name)), ...index.seedsOf(select(right.name))])];
        const [one, other] = [left, right].map(({ name }) => index.scoresOf(select(name), seeds));
        return seeds.map((seed, row) => {
          const asHits = (shares: readonly (number | null)[] = []) =>
            shares.map((share) => (share === null ? null : share === 1));
          return { left, right, solver, seed, ...mcNemarTest(asHits(one?.[row]), asHits(other?.[row])) };
        });
      }),
  );
  const corrected = holm(tests.map(({ pValue }) => pValue));
  return {
    title: 'Paired tests',
    note: "McNemar's exact test on the held-out set, greedy, ε 0.05, seed by seed; p after Holm's correction over this table",
    header: ['left', 'right', 'judged on', 'seed', 'only left', 'only right', 'p'],
    rows: tests.map(({ left, right, solver, seed, onlyLeft, onlyRight }, at) => [
      ...[left.label, right.label, solver, String(seed), String(onlyLeft), String(onlyRight)],
      (corrected[at] ?? 1).toPrecision(2),
    ]),
  };
}

function curvesTable({ trainings, record }: Results): Table {
  const labels = new Map(record.arms.map(({ name, label }) => [name, label]));
  return {
    title: 'Steps to accuracy',
    note: 'greedy accuracy on the validation set, in percent: at the start, at the best step, whose weights were kept, and at each validation; a step is an update',
    header: ['arm', 'seed', 'start', 'best', 'at step', 'steps', 'minutes', 'n', 'curve'],
    rows: trainings.map(({ arm, seed, points: curve, keptStep, steps, seconds }) => {
      const best = curve.find(({ step }) => step === keptStep);
      const told = curve.map(({ step, accuracy }) => `${step}: ${percent(accuracy)}`).join(', ');
      const shares = [percent(curve[0]?.accuracy ?? null), percent(best?.accuracy ?? null)];
      const counts = [String(keptStep), String(steps), (seconds / 60).toFixed(1), String(best?.n ?? 0)];
      return [labels.get(arm) ?? arm, String(seed), ...shares, ...counts, told];
    }),
  };
}

/** The gain-against-forgetting curve in numbers; only where there was a sweep. */
function sweepTable(results: Results, index: RowIndex): Table {
  const { record } = results;
  const { source, target } = record.preset;
  const isSwept = record.arms.some(({ isMarked }) => !isMarked);
  const cell = (arm: string, solver: SolverName): string =>
    describeCell(index.cellOf({ arm, solver, split: HELD_OUT, mode: 'greedy' }));
  return {
    title: 'Gain against forgetting',
    note: `accuracy in percent on the held-out set, greedy, ε 0.05: what each setting gains on ${source}, and what it keeps or loses on ${target}`,
    header: ['setting', 'seeds', source, target],
    rows: isSwept
      ? record.arms.map(({ name, label, isMarked, training }) => [
          isMarked && training !== null ? `${label} (marked)` : label,
          String(isMarked && training !== null ? record.seeds : 1),
          ...[cell(name, source), cell(name, target)],
        ])
      : [],
  };
}

function armsTable({ record }: Results): Table {
  return {
    title: 'Arms',
    note: 'what each arm learnt from, and whose weights it went on from',
    header: ['arm', 'name', 'from', 'training', 'seeds'],
    rows: record.arms.map(({ label, name, from, training, isMarked }) => [
      ...[label, name, from ?? '–', describeTraining(training)],
      String(isMarked && training !== null ? record.seeds : 1),
    ]),
  };
}
