/**
 * `npm run build`: the published package in dist/. TypeScript becomes JavaScript, since Node strips no types inside
 * node_modules, and the Python children and other files of src/ and kernel/ are copied beside it.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ['src', 'kernel'];
const TARGET = join(ROOT, 'dist');
const COMPILER = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

if (!existsSync(COMPILER)) stop('Expected node_modules to hold the TypeScript compiler. Run `npm run setup` first.');
rmSync(TARGET, { recursive: true, force: true });
const compiled = spawnSync(COMPILER, ['-p', join(ROOT, 'tsconfig.build.json')], { stdio: 'inherit' });
if (compiled.status !== 0) stop('The sources do not compile; see above.');

const isCopied = (path) => extname(path) !== '.ts' && !path.endsWith('__pycache__');
for (const name of SOURCES) cpSync(join(ROOT, name), join(TARGET, name), { recursive: true, filter: isCopied });

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
