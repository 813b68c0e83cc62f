import { Command } from 'commander';
import { createEvomRule } from '../reward/evom.ts';
import type { Observation, SolverName } from '../types.ts';
import { ExecutionCache } from '../verify/execution-cache.ts';
import { mapConcurrent } from '../verify/map-concurrent.ts';
import { unrun, Verifier } from '../verify/verifier.ts';
import { type JudgedRow, judgeRow } from './judged-row.ts';
import { type RunFlags, runOptions, solverOption, verifierOptions } from './options.ts';
import { checkNotEmpty, type ProgramRow, readProgramRows, reportBadRows } from './program-rows.ts';
import { progressBar } from './progress.ts';
import { RowWriter } from './row-writer.ts';
import { summarise } from './summary.ts';

interface VerifyFlags extends RunFlags {
  readonly solver?: SolverName;
  readonly out?: string;
  readonly json?: boolean;
  readonly cache?: string | boolean;
}

const EXIT_BAD_INPUT = 2;
const EXIT_NO_SOLVER = 3;

export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('Judge programs: run each in the sandbox, certify its result, compare with the answer.')
    .argument('<file>', 'rows {id?, solver?, program | completion, answer?, problem?}: JSONL, JSON, CSV or Parquet')
    .addOption(solverOption())
    .option('--out <file>', 'write output rows there; a rerun goes on where it stopped')
    .option('--json', 'print output rows on standard output as JSON lines (the default without --out when piped)')
    .option('--cache <folder>', 'keep executions there and reuse them')
    .option('--no-cache', 'run every program, also a repeated one')
    .addHelpText('after', '\nExit code: 0 whatever the programs did; 2 bad input; 3 a solver is missing.');
  for (const option of runOptions()) command.addOption(option);
  return command.action(verifyFile);
}

async function verifyFile(path: string, flags: VerifyFlags): Promise<void> {
  const input = await readProgramRows(path, flags.solver);
  checkNotEmpty(path, input);
  if (reportBadRows(path, input.bad)) process.exitCode = EXIT_BAD_INPUT;
  const writer = flags.out === undefined ? null : new RowWriter(flags.out);
  const remaining = writer ? writer.remaining(input.rows) : input.rows;
  if (writer && writer.kept.length > 0)
    console.error(`${flags.out}: ${writer.kept.length} rows are there already; going on.`);
  const printsRows = flags.json === true || (writer === null && !process.stdout.isTTY);
  const judged: JudgedRow[] = [...(writer?.kept ?? [])];
  const cache = flags.cache === false ? null : new ExecutionCache(typeof flags.cache === 'string' ? flags.cache : null);
  const started = performance.now();
  await judgeRows(remaining, { ...verifierOptions(flags), ...(cache ? { cache } : {}) }, (row) => {
    judged.push(row);
    writer?.write(row);
    if (printsRows) process.stdout.write(`${JSON.stringify(row)}\n`);
  });
  writer?.close();
  const seconds = (performance.now() - started) / 1000;
  console.error(summarise(judged));
  console.error(rate(remaining.length, seconds, cache?.hits ?? 0));
}

/** Judges rows as they finish and hands each on; sets the exit code where a solver is missing. */
export async function judgeRows(
  rows: readonly ProgramRow[],
  options: ConstructorParameters<typeof Verifier>[0],
  accept: (row: JudgedRow) => void,
): Promise<void> {
  const rule = createEvomRule();
  await using verifier = new Verifier(options);
  const missing = await missingSolvers(verifier, rows);
  for (const [solver, reason] of missing) console.error(`${solver} cannot run programs: ${reason}`);
  if (missing.size > 0) process.exitCode = EXIT_NO_SOLVER;
  const bar = progressBar(rows.length);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Error('interrupted'));
  process.once('SIGINT', interrupt);
  try {
    const results = mapConcurrent(rows, 2 * verifier.jobs, 'completion', async (row) =>
      judgeRow(row, await observeRow(verifier, row, missing.get(row.solver), stop.signal), rule),
    );
    for await (const row of results) {
      accept(row);
      bar.increment();
    }
  } finally {
    process.removeListener('SIGINT', interrupt);
    bar.stop();
  }
}

async function missingSolvers(verifier: Verifier, rows: readonly ProgramRow[]): Promise<Map<SolverName, string>> {
  const missing = new Map<SolverName, string>();
  for (const solver of new Set(rows.map((row) => row.solver))) {
    const state = await verifier.solverState(solver);
    if (!state.isReady) missing.set(solver, state.reason);
  }
  return missing;
}

function observeRow(
  verifier: Verifier,
  row: ProgramRow,
  missing: string | undefined,
  signal: AbortSignal,
): Promise<Observation> {
  const request = { id: row.id, solver: row.solver, program: row.program ?? '' };
  if (row.truncated)
    return Promise.resolve(unrun(request, 'truncated', 'the completion hit its length limit', verifier.isolation));
  if (row.noProgram !== null) return Promise.resolve(unrun(request, 'no-program', row.noProgram, verifier.isolation));
  if (missing !== undefined) return Promise.resolve(unrun(request, 'infra', missing, verifier.isolation));
  return verifier.observe(request, signal);
}

function rate(programs: number, seconds: number, hits: number): string {
  return `${programs} programs in ${seconds.toFixed(1)} s, ${(programs / seconds).toFixed(1)} programs/s, ${hits} from the cache`;
}
