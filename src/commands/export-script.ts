import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { exportScript } from '../../kernel/magics/export-script.ts';

export function exportScriptCommand(): Command {
  return new Command('export-script')
    .description('A notebook of the TypeScript kernel as one script that gives the same results.')
    .argument('<notebook>', 'an .ipynb file')
    .option('--out <file>', 'where the script goes (default: standard output)')
    .action(async (notebook: string, { out }: { readonly out?: string }) => {
      const script = exportScript(await readFile(notebook, 'utf8'));
      if (out === undefined) process.stdout.write(script);
      else await writeFile(out, script);
    });
}
