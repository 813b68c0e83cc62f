import { Command } from 'commander';
import type { SolverName } from '../types.ts';
import { formatAttackReport } from '../verify/attacks/report.ts';
import { runAttacks } from '../verify/attacks/run.ts';
import { ATTACKS } from '../verify/attacks/table.ts';
import { EXIT_CODES } from './exit-code.ts';
import { solverOption, wholeNumber } from './options.ts';
import { progressBar } from './progress.ts';
import { listenForStop } from './stop.ts';

interface AttackFlags {
  readonly solver?: SolverName;
  readonly repeat: number;
  readonly jobs: number;
  readonly json?: boolean;
}

export function attackCommand(): Command {
  return new Command('attack')
    .description('Run the attack table against the sandbox and the certificate, honest programs beside it.')
    .addOption(solverOption('default: all that are installed'))
    .option('--repeat <n>', 'how often each attack runs on each solver', wholeNumber('repeat'), 1)
    .option('--jobs <n>', 'programs at the same time', wholeNumber('jobs'), 4)
    .option('--json', 'the report as one JSON object')
    .addHelpText(
      'after',
      `\n${ATTACKS.length} attacks in six groups; everything that they reach for is laid out on this machine.` +
        '\n\nExit code: 0 everything held; 1 something got through; 3 the solver asked for is missing.',
    )
    .action(attack);
}

async function attack({ solver, repeat, jobs, json }: AttackFlags): Promise<void> {
  using stop = listenForStop();
  using bar = progressBar(attackRuns(repeat) * (solver === undefined ? 5 : 1), 'attacks');
  try {
    const report = await runAttacks({
      repeat,
      jobs,
      signal: stop.signal,
      onRun: () => bar.increment(),
      ...(solver !== undefined && { solvers: [solver] }),
    });
    bar.stop();
    console.log(json === true ? JSON.stringify(report, null, 2) : formatAttackReport(report));
    if (solver !== undefined && report.missing.length > 0) process.exitCode = EXIT_CODES.noSolver;
    else if (!report.isHeld) process.exitCode = EXIT_CODES.failure;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.exitCode = stop.isReaderGone ? 0 : EXIT_CODES.interrupted;
  }
}

function attackRuns(repeat: number): number {
  return ATTACKS.reduce((sum, { maxRepeat = repeat }) => sum + Math.min(repeat, maxRepeat), 0);
}
