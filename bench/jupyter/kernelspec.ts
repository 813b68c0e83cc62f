import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lets a Jupyter whose JUPYTER_PATH is `prefix`/share/jupyter know of a TypeScript kernel. */
export function writeKernelspec(prefix: string, name: string, argv: readonly string[]): void {
  const folder = join(prefix, 'share', 'jupyter', 'kernels', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ argv, display_name: name, language: 'typescript' }));
}

/** Deno's kernel by the program that $EVOM_DENO names: `name`, and with its version; null, and said, where it names none. */
export function writeDenoKernelspec(prefix: string): { readonly name: string; readonly title: string } | null {
  const program = process.env['EVOM_DENO'];
  if (!program) {
    console.error('Deno is left out: set EVOM_DENO to its program.');
    return null;
  }
  writeKernelspec(prefix, 'deno', [program, 'jupyter', '--kernel', '--conn', '{connection_file}']);
  const [version = ''] = execFileSync(program, ['--version'], { encoding: 'utf8' }).split(' (');
  return { name: 'deno', title: `Deno${version.replace('deno', '')}` };
}
