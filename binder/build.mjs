/**
 * `npm run build`: the published package in dist/. TypeScript becomes JavaScript, since Node strips no types inside
 * node_modules, and the Python children and other files of src/ are copied beside it.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCE = join(ROOT, 'src');
const TARGET = join(ROOT, 'dist');
const COMPILER = join(ROOT, 'node_modules', '.bin', 'tsc');

if (!existsSync(COMPILER)) stop('Expected node_modules to hold the TypeScript compiler. Run `npm run setup` first.');
rmSync(TARGET, { recursive: true, force: true });
const compiled = spawnSync(COMPILER, ['-p', join(ROOT, 'tsconfig.build.json')], { stdio: 'inherit' });
if (compiled.status !== 0) stop('The sources do not compile; see above.');

cpSync(SOURCE, TARGET, { recursive: true, filter: (path) => extname(path) !== '.ts' && !path.endsWith('__pycache__') });

const count = filesIn(TARGET).length;
console.log(`dist/: ${count} files`);

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
