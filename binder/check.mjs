/** `npm run check`: every check, to the end, so that one run shows everything there is to put right. */

import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

const CHECKS = [
  // By its path: tslab brings an older compiler under the same name.
  ['types', 'node node_modules/typescript/bin/tsc --noEmit'],
  ['types of the Lab extension', 'node binder/labextension.mjs --types'],
  ['style and fences', 'biome check --error-on-warnings'],
  ['promises and switches', 'oxlint --type-aware --deny-warnings'],
  ['dead code', 'knip'],
  ['Python', '.venv/bin/ruff check && .venv/bin/ruff format --check'],
];

const failed = [];
for (const [what, command] of CHECKS) {
  const start = performance.now();
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${what} (${command}, ${seconds} s)`);
  if (status !== 0) failed.push(what);
}
if (failed.length > 0) console.log(`check failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
