import { Command } from 'commander';
import { emitDeclarations } from '../../kernel/declarations.ts';
import { DEFAULT_NAME, installKernel, type Place, uninstallKernel } from '../../kernel/install.ts';
import { EvomError, expected } from '../errors.ts';
import { findPython } from '../python-environment.ts';

interface PlaceFlags {
  readonly name: string;
  readonly prefix?: string;
  readonly user?: true;
  readonly sysPrefix?: true;
}

export function kernelCommand(): Command {
  return new Command('kernel')
    .description('The TypeScript kernel for Jupyter: install it, uninstall it.')
    .addCommand(
      placed(new Command('install').description('Let Jupyter know of the kernel.')).action((flags: PlaceFlags) => {
        emitDeclarations();
        const folder = installKernel(installation(flags));
        console.log(
          `Installed in ${folder}. Choose "TypeScript (EVOM)" in JupyterLab, Notebook, VS Code or the console.`,
        );
      }),
    )
    .addCommand(
      placed(new Command('uninstall').description('Take it away again.')).action((flags: PlaceFlags) => {
        const folder = uninstallKernel(installation(flags));
        console.log(folder === null ? 'There is no such kernel; nothing was removed.' : `Removed ${folder}.`);
      }),
    );
}

function placed(command: Command): Command {
  return command
    .option('--user', "this user's Jupyter (default)")
    .option('--sys-prefix', 'the Python environment of EVOM')
    .option('--prefix <folder>', "another one: the folder that holds Jupyter's share/jupyter")
    .option('--name <name>', 'what notebooks call it', DEFAULT_NAME);
}

function installation({ name, prefix, user, sysPrefix }: PlaceFlags): { readonly name: string; readonly place: Place } {
  const asked = [prefix, user, sysPrefix].filter((flag) => flag !== undefined).length;
  if (asked > 1) {
    const message = 'Expected one of --user, --sys-prefix and --prefix, got several. Name one place.';
    throw new EvomError('config', 'several-places', message);
  }
  if (!/^[a-z0-9._-]+$/i.test(name)) {
    const what = 'letters, digits, `-`, `_` and `.`';
    throw new EvomError('config', 'bad-kernel-name', expected('--name', what, name, 'Choose another name.'));
  }
  if (prefix !== undefined) return { name, place: { kind: 'prefix', folder: prefix } };
  if (sysPrefix) return { name, place: { kind: 'environment', python: findPython() } };
  return { name, place: { kind: 'user' } };
}
