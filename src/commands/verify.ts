import { Command } from 'commander';
import { createReward, parseRewardWeights, type RewardWeights } from '../reward/reward.ts';
import type { SolverName } from '../types.ts';
import { ExecutionCache } from '../verify/execution-cache.ts';
import { Verifier } from '../verify/verifier.ts';
import { EXIT_CODES } from './exit-code.ts';
import {
  type RuleFlags,
  type RunFlags,
  ruleHelp,
  ruleOptions,
  rulesOf,
  runOptions,
  solverOption,
  verifierOptions,
} from './options.ts';
import { progressBar } from './progress.ts';
import { judgeRows, missingSolvers } from './rows/judge-rows.ts';
import type { JudgedRow } from './rows/judged-row.ts';
import { readProgramRows, reportBadRows } from './rows/program-rows.ts';
import { RowWriter } from './rows/row-writer.ts';
import { listenForStop } from './stop.ts';
import { summarise } from './summary.ts';

interface VerifyFlags extends RunFlags, RuleFlags {
  readonly solver?: SolverName;
  readonly rewardWeights?: RewardWeights;
  readonly out?: string;
  readonly json?: boolean;
  /** A folder; undefined: in memory; false: none. */
  readonly cache?: string | false;
}

const HELP = `
Each program runs once, in a sandbox; the model that it handed to its solver is
solved again where the program cannot reach. Rows with the same \`problem\` are
samples of it (pass@k). A row without an answer gets no verdict and no reward.

Exit code: 0 whatever the programs did; 2 bad input (the good rows are still
judged); 3 a solver is missing; 130 interrupted.

Examples:
  evom verify programs.jsonl --out judged.jsonl
  evom verify programs.jsonl --solver highs --timeout 5 --jobs 4 | head -n 1
  evom problems generate --programs scip | evom verify -`;

export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('Judge programs: run each in the sandbox, certify its result, compare with the answer.')
    .argument(
      '<file>',
      'rows {id?, solver?, program | completion, truncated?, answer?, problem?} in JSONL, JSON, CSV or Parquet; - is standard input',
    )
    .addOption(solverOption())
    .option('--out <file>', 'write output rows there; a rerun goes on where it stopped')
    .option('--json', 'print output rows on standard output as JSON lines (the default without --out when piped)')
    .option('--reward-weights <f,a>', 'weights of format and answer (default: 0.2,1)', parseRewardWeights)
    .option('--cache <folder>', 'keep executions there and reuse them (default: in memory, for this run)')
    .option('--no-cache', 'run every program, also a repeated one')
    .addHelpText('after', HELP)
    .addHelpText('after', ruleHelp());
  for (const option of [...ruleOptions(), ...runOptions()]) command.addOption(option);
  return command.action(verifyFile);
}

async function verifyFile(path: string, flags: VerifyFlags): Promise<void> {
  const rules = rulesOf(flags);
  const reward = createReward({ rule: rules[0], ...(flags.rewardWeights && { weights: flags.rewardWeights }) });
  const cache = openCache(flags.cache);
  await using verifier = new Verifier({ ...verifierOptions(flags), ...(cache && { cache }) });
  const input = await readProgramRows(path, {
    ...(flags.solver && { solver: flags.solver }),
    settings: [verifier.limits, verifier.isolation, flags.rule, rules[0].epsilon, flags.rewardWeights ?? null],
  });
  if (reportBadRows(path, input.bad)) process.exitCode = EXIT_CODES.badInput;
  using writer = flags.out === undefined ? null : new RowWriter(flags.out, input.rows);
  const { kept, remaining } = writer ?? { kept: [], remaining: input.rows };
  if (kept.length > 0) console.error(`${flags.out}: ${kept.length} rows are there already; going on.`);
  const printsRows = flags.json === true || (writer === null && !process.stdout.isTTY);

  const judged: JudgedRow[] = [...kept];
  const started = performance.now();
  using stop = listenForStop();
  for (const [solver, reason] of await missingSolvers(verifier, remaining)) {
    console.error(`${solver} cannot run programs: ${reason}`);
    process.exitCode = EXIT_CODES.noSolver;
  }
  using bar = progressBar(remaining.length);
  try {
    const options = { rule: rules[0], reward, order: 'completion', signal: stop.signal } as const;
    for await (const row of judgeRows(verifier, remaining, options)) {
      judged.push(row);
      writer?.write(row);
      if (printsRows) process.stdout.write(`${JSON.stringify(row)}\n`);
      bar.increment();
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    if (stop.isReaderGone) return;
    process.exitCode = EXIT_CODES.interrupted;
  }
  bar.stop();
  if (judged.length > 0) console.error(summarise(judged, rules));
  console.error(rate(judged.length - kept.length, performance.now() - started, cache?.hits ?? 0));
  if (process.exitCode === EXIT_CODES.interrupted)
    console.error(howToGoOn(judged.length, input.rows.length, flags.out));
}

function openCache(flag: VerifyFlags['cache']): ExecutionCache | null {
  return flag === false ? null : new ExecutionCache(flag ?? null);
}

function rate(programs: number, elapsedMs: number, hits: number): string {
  const seconds = elapsedMs / 1000;
  if (programs === 0) return 'Nothing was left to run.';
  return `${programs} programs in ${seconds.toFixed(1)} s, ${(programs / seconds).toFixed(1)} programs/s, ${hits} from the cache`;
}

function howToGoOn(done: number, all: number, out: string | undefined): string {
  return out === undefined
    ? `Interrupted after ${done} of ${all} rows. With --out FILE a rerun goes on where it stopped.`
    : `Interrupted: ${done} of ${all} rows are in ${out}. The same command again goes on from there.`;
}
