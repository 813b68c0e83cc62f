import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { evomVersion } from '../evom-version.ts';
import { policyOpener } from '../experiments/arms/open-policy.ts';
import { EXPERIMENTS, findExperiment } from '../experiments/plans/find-experiment.ts';
import { findPreset } from '../experiments/presets/preset.ts';
import type { Table } from '../experiments/report/table.ts';
import { writeReport } from '../experiments/report/write-report.ts';
import { type Results, readResults } from '../experiments/results.ts';
import { runExperiment } from '../experiments/run-experiment.ts';
import { renderTable } from '../text-table.ts';
import type { SolverName } from '../types.ts';
import { ExecutionCache } from '../verify/execution-cache.ts';
import { Verifier } from '../verify/verifier.ts';
import { EXIT_CODES } from './exit-code.ts';
import { wholeNumber } from './options.ts';
import { findPolicyOptions, type PolicyFlags, readProblems } from './policy-options.ts';
import { listenForStop } from './stop.ts';

interface ExperimentFlags extends Omit<PolicyFlags, 'policy'> {
  readonly preset: string;
  readonly policy?: string;
  readonly seeds?: number;
  readonly problems?: string;
  readonly out?: string;
  readonly sweep?: boolean;
  readonly jobs: number;
  readonly programs?: number;
  readonly reportOnly?: boolean;
}

const HELP = `
Experiments:
${EXPERIMENTS.map(({ name, title }) => `  ${name.padEnd(12)} ${title}`).join('\n')}

Each arm with each seed is a folder under --out/arms: a run, the weights that were
kept, and a row for every completion that was judged. What is finished is not run
again, in this experiment or another; the same command goes on where it stopped.
Tables, figures and report.html are made from --out/NAME alone.

Differs from the paper in scale, not in shape: see the head of the report.

Exit code: 0 whatever the claims came to; 2 bad input; 3 a solver is missing;
130 interrupted.

Examples:
  evom experiment transfer --preset tiny --seeds 3
  evom experiment transfer --sweep
  evom experiment transfer --report-only
  evom experiment sft-vs-rl --preset smoke --out runs/smoke`;

export function experimentCommand(): Command {
  return new Command('experiment')
    .description("Run one of the paper's comparisons: arms, seeds, claims fixed before, and a report.")
    .addArgument(new Argument('<name>', 'which').choices(EXPERIMENTS.map(({ name }) => name)))
    .option('--preset <name>', 'every number of it: tiny, or smoke (a fake policy, in seconds)', 'tiny')
    .option('--policy <source>', "the base: tiny, scripted, or a folder of weights (default: the preset's)")
    .option('--seeds <n>', "how often each arm runs (default: the preset's)", wholeNumber('seeds'))
    .option('--problems <set>', 'judge on these too, named as for `evom evaluate`')
    .option('--out <folder>', 'where all of it is kept (default: runs/experiments/PRESET)')
    .option('--sweep', 'the other learning rates, epochs and KL weights too, with one seed')
    .option('--jobs <n>', 'arms side by side, each with weights of its own', wholeNumber('jobs'), 1)
    .option('--programs <n>', 'programs at the same time (default: one for each processor)', wholeNumber('programs'))
    .addOption(new Option('--device <name>', 'where weights run').choices(['cuda', 'webgpu', 'cpu']))
    .option('--policy-threads <n>', 'processor threads for weights (default: all)', wholeNumber('policy-threads'))
    .option('--report-only', 'recompute tables, figures and report from what is kept')
    .addHelpText('after', HELP)
    .action(run);
}

async function run(name: string, flags: ExperimentFlags): Promise<void> {
  const out = flags.out ?? join('runs', 'experiments', flags.preset);
  const kept = join(out, name);
  const results = flags.reportOnly === true ? await readResults(kept) : await runAll(name, out, flags);
  if (results === null) return;
  const { tables, files } = await writeReport(kept, results);
  console.log(`${results.record.title}. ${results.record.question}\n`);
  console.log(tables.map(renderTableWithTitle).join('\n\n'));
  console.log(`\n${files.join('\n')}`);
}

async function runAll(name: string, out: string, flags: ExperimentFlags): Promise<Results | null> {
  const experiment = findExperiment(name);
  const preset = findPreset(flags.preset);
  const set = flags.problems === undefined ? null : await readProblems(flags.problems);
  await using verifier = new Verifier({
    ...(flags.programs !== undefined && { jobs: flags.programs }),
    cache: new ExecutionCache(null, 50_000),
  });
  const isSweep = flags.sweep ?? false;
  const solvers = [...new Set(experiment.arms(preset, { isSweep }).flatMap(({ judgedOn }) => judgedOn))];
  const versions = await versionsOf(solvers, verifier);
  if (versions === null) return null;
  using stop = listenForStop();
  const started = performance.now();
  try {
    return await runExperiment({
      ...{ experiment, preset, folder: out, verifier, isSweep, versions, jobs: flags.jobs, signal: stop.signal },
      openPolicy: policyOpener(findPolicyOptions({ ...flags, policy: '' })),
      ...(flags.policy !== undefined && { policy: flags.policy }),
      ...(flags.seeds !== undefined && { seeds: flags.seeds }),
      ...(set !== null && { problems: set }),
      onProgress: ({ arm, seed, text }) => console.error(`${arm}, seed ${seed}: ${text}`),
      onArm: (done, all) => console.error(describeProgress(done, all, performance.now() - started)),
    });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    if (!stop.isReaderGone) process.exitCode = EXIT_CODES.interrupted;
    console.error(`Interrupted. What is done is in ${out}; the same command goes on.`);
    return null;
  }
}

/** Null where a solver cannot run programs; which, and why, is told on standard error. */
async function versionsOf(solvers: readonly SolverName[], verifier: Verifier): Promise<Record<string, string> | null> {
  const versions: Record<string, string> = { evom: evomVersion(), node: process.versions.node };
  for (const solver of solvers) {
    const state = await verifier.solverState(solver);
    if (state.isReady) versions[solver] = state.version;
    else {
      console.error(`${solver} cannot run programs: ${state.reason}`);
      process.exitCode = EXIT_CODES.noSolver;
    }
  }
  return process.exitCode === EXIT_CODES.noSolver ? null : versions;
}

/** Arms differ in length, so that what is left is a guess. */
function describeProgress(done: number, all: number, elapsedMs: number): string {
  const minutes = (ms: number): string => `${(ms / 60_000).toFixed(1)} min`;
  const left = done === all ? '' : `, about ${minutes((elapsedMs / done) * (all - done))} left`;
  return `${done} of ${all} arms and seeds are done after ${minutes(elapsedMs)}${left}`;
}

function renderTableWithTitle({ title, note, header, rows }: Table): string {
  return `${title}\n${note}\n\n${renderTable([header, ...rows])}`;
}
