import { Command, CommanderError } from 'commander';
import { attackCommand } from './commands/attack.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate-policy.ts';
import { exitCodeOf } from './commands/exit-code.ts';
import { experimentCommand } from './commands/experiment.ts';
import { exportScriptCommand } from './commands/export-script.ts';
import { generateCommand } from './commands/generate.ts';
import { kernelCommand } from './commands/kernel.ts';
import { lintCommand } from './commands/lint.ts';
import { pretrainCommand } from './commands/pretrain.ts';
import { problemsCommand } from './commands/problems.ts';
import { scoreCommand } from './commands/score.ts';
import { setupCommand } from './commands/setup.ts';
import { solversCommand } from './commands/solvers.ts';
import { trainCommand } from './commands/train.ts';
import { verifyCommand } from './commands/verify.ts';
import { EvomError } from './errors.ts';
import { evomVersion } from './evom-version.ts';

const program = new Command('evom')
  .description(
    'Execution-verified reinforcement learning for optimisation modelling: generate, verify, reward, update.',
  )
  .version(evomVersion())
  .addCommand(generateCommand())
  .addCommand(verifyCommand())
  .addCommand(trainCommand())
  .addCommand(evaluateCommand())
  .addCommand(experimentCommand())
  .addCommand(pretrainCommand())
  .addCommand(scoreCommand())
  .addCommand(kernelCommand())
  .addCommand(exportScriptCommand())
  .addCommand(problemsCommand())
  .addCommand(lintCommand())
  .addCommand(attackCommand())
  .addCommand(demoCommand())
  .addCommand(solversCommand())
  .addCommand(doctorCommand())
  .addCommand(setupCommand());
throwOnExit(program);

/** Commander would end the process with code 1 on a wrong flag, at every depth. */
function throwOnExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) throwOnExit(child);
}

// A reader that left (`evom … | head`) is no error; what runs long stops by itself (commands/stop.ts).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  if (error instanceof EvomError) console.error(`evom: ${error.message}`);
  else if (!(error instanceof CommanderError)) console.error(error);
}
