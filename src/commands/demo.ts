import { join } from 'node:path';
import { styleText } from 'node:util';
import { Command } from 'commander';
import { PACKAGE_ROOT } from '../package-root.ts';
import { createEvomRule } from '../reward/evom.ts';
import { createReward } from '../reward/reward.ts';
import type { Solve } from '../types.ts';
import { Verifier } from '../verify/verifier.ts';
import { demoStep } from './demo-step.ts';
import { EXIT_CODES } from './exit-code.ts';
import { judgeRows, missingSolvers } from './rows/judge-rows.ts';
import type { JudgedRow } from './rows/judged-row.ts';
import { readProgramRows } from './rows/program-rows.ts';
import { listenForStop } from './stop.ts';
import { renderVerdicts } from './summary.ts';

const SAMPLES: string = join(PACKAGE_ROOT, 'samples/programs.jsonl');
/** Processor time of a sample: one of them never ends by itself. */
const CPU_MS = 2_000;

/** One fork server for each solver is enough for nine programs, and starting them is what takes the time. */
const ONE_EACH = { gurobi: 1, ortools: 1, copt: 1, highs: 1, scip: 1 } as const;

/** Names and widths. */
const COLUMNS = [
  ['program', 27],
  ['verdict', 15],
  ['certified', 14],
  ['claimed', 14],
  ['reward', 6],
  ['ms', 5],
] as const;

export function demoCommand(): Command {
  return new Command('demo')
    .description('The loop once: the sample programs on all five solvers, then one step of the tiny policy.')
    .action(demo);
}

async function demo(): Promise<void> {
  const { rows } = await readProgramRows(SAMPLES);
  console.log(
    `${rows.length} small programs for five solvers, honest and hostile: each runs in a sandbox for at most ` +
      `${CPU_MS / 1000} s, the model that\nit handed to its solver is solved again where the program cannot reach, ` +
      'and only that certified result earns a reward.\n',
  );
  console.log([...COLUMNS.map(([name, width]) => cell(name, width)), 'why'].join('  '));
  const started = performance.now();
  const rule = createEvomRule();
  const judged: JudgedRow[] = [];
  using stop = listenForStop();
  await using verifier = new Verifier({ limits: { cpuMs: CPU_MS, wallMs: 2 * CPU_MS }, seats: ONE_EACH });
  try {
    await missingSolvers(verifier, rows); // all start at once; one that is missing shows in its rows
    const options = { rule, reward: createReward({ rule }), order: 'input', signal: stop.signal } as const;
    for await (const row of judgeRows(verifier, rows, options)) {
      judged.push(row);
      console.log(renderRow(row));
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `\n${renderVerdicts(judged)}\n\n${judged.length} programs in ${seconds} s. Rule evom: ${rule.describe}.`,
    );
    await demoStep(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.exitCode = stop.isReaderGone ? 0 : EXIT_CODES.interrupted;
    return;
  }
  console.log('Your own programs: `evom verify FILE`. What may go wrong on this machine: `evom doctor`.');
}

function renderRow(row: JudgedRow): string {
  const texts = [
    row.id,
    row.verdict ?? row.outcome,
    solveText(row.certified),
    solveText(row.claimed),
    row.reward?.masked === true ? 'masked' : String(row.reward?.total ?? ''),
    String(Math.round(row.durationMs)),
  ];
  const cells = COLUMNS.map(([name, width], index) => {
    const text = cell(texts[index] ?? '', width);
    return name === 'verdict' ? styleText(colourOf(row), text) : text;
  });
  return [...cells, why(row)].join('  ').trimEnd();
}

/** Numbers to the right, as `reward` and `ms` hold them, words to the left. */
function cell(text: string, width: number): string {
  return width < 10 ? text.padStart(width) : text.padEnd(width);
}

function solveText(solve: Solve | null): string {
  if (solve === null) return '-';
  if (solve.status === 'infeasible-or-unbounded') return 'inf. or unbd.';
  return solve.objective === null ? solve.status : `${solve.status} ${Number(solve.objective.toPrecision(5))}`;
}

/** Only stresses what the words say already; `styleText` leaves it out where there is no terminal, and for NO_COLOR. */
function colourOf({ reward, verdict }: JudgedRow): 'green' | 'yellow' | 'red' {
  if (reward?.masked === true) return 'yellow';
  return verdict === 'correct' ? 'green' : 'red';
}

function why({ certificate, detail, verdict, answer }: JudgedRow): string {
  const flags = certificate?.degenerate ?? [];
  if (flags.length > 0) return `degenerate: ${flags.join(', ')}`;
  if (verdict === 'wrong-objective' || verdict === 'wrong-status') return `the answer is ${answer}`;
  const line = detail?.split('\n')[0] ?? (verdict === 'no-solve' ? 'it handed no model to the solver' : '');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
