import { Command } from 'commander';
import { setUpPython } from '../python-environment.ts';

export function setupCommand(): Command {
  return new Command('setup')
    .description('Build the Python environment with the five solvers, from the locked list in this package.')
    .action(async () => {
      const python = await setUpPython({ log: (line) => console.error(line) });
      console.log(python);
    });
}
