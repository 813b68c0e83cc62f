import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { doctorCommand } from './commands/doctor.ts';
import { lintCommand } from './commands/lint.ts';
import { scoreCommand } from './commands/score.ts';
import { setupCommand } from './commands/setup.ts';
import { solversCommand } from './commands/solvers.ts';
import { verifyCommand } from './commands/verify.ts';
import { EvomError } from './errors.ts';

const EXIT_FAILURE = 1;
const EXIT_BAD_INPUT = 2;

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('evom')
  .description(
    'Execution-verified reinforcement learning for optimisation modelling: generate, verify, reward, update.',
  )
  .version(version)
  .exitOverride()
  .addCommand(verifyCommand())
  .addCommand(scoreCommand())
  .addCommand(solversCommand())
  .addCommand(lintCommand())
  .addCommand(doctorCommand())
  .addCommand(setupCommand());
for (const command of program.commands) command.copyInheritedSettings(program);

// A reader that left (`evom … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_BAD_INPUT;
  } else if (error instanceof EvomError) {
    console.error(`evom: ${error.message}`);
    process.exitCode = EXIT_BAD_INPUT;
  } else {
    console.error(error);
    process.exitCode = EXIT_FAILURE;
  }
}
