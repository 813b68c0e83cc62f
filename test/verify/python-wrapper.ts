import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPython } from '../../src/python-environment.ts';

/**
 * An interpreter for EVOM_PYTHON that runs `injected` before the script it is asked to run, with the script's folder
 * on its path: so hosts without a solver or a fence can be played on one that has them.
 */
export function pythonThat(folder: string, injected: string): string {
  const path = join(folder, 'python');
  const text = `#!${findPython({})} -B
import os, sys
script = next(argument for argument in sys.argv[1:] if argument.endswith(".py"))
sys.argv = sys.argv[sys.argv.index(script):]
sys.path[0] = os.path.dirname(script)
${injected}
exec(compile(open(script).read(), script, "exec"))
`;
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

/** Makes a package look uninstalled. */
export const without = (name: string): string => `
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "${name}":
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
sys.meta_path.insert(0, Blocker())
`;
