/** What `npm pack` makes works in an empty folder: the command, the library, and its types. Takes about a minute. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Finished, highsProgram, ROOT, readOutput, shell, testFolder, writeRows } from './cli.ts';

const folder = testFolder();
const home = join(folder, 'home');
let installed: Finished;

beforeAll(async () => {
  mkdirSync(home);
  const packed = await shell(`npm pack --pack-destination "${folder}"`);
  expect(packed.code, packed.stderr).toBe(0);
  const [archive] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(home, 'package.json'), '{ "name": "a-user", "private": true, "type": "module" }\n');
  // As the README says: without it onnxruntime's own script fetches CUDA libraries where it finds a CUDA toolkit.
  const environment = { ONNXRUNTIME_NODE_INSTALL: 'skip' };
  installed = await shell(`npm install --prefer-offline --no-audit --no-fund "../${archive}"`, {
    cwd: home,
    environment,
  });
}, 240_000);

/** Without a network, npm's cache may lack a package; that says nothing about ours. */
function packageTest(name: string, body: () => void | Promise<void>): void {
  test(name, async (context) => {
    const isOffline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED/.test(installed.stderr);
    context.skip(isOffline, 'npm reaches no registry, and its cache lacks a package');
    await body();
  });
}

const python = { EVOM_PYTHON: process.env['EVOM_PYTHON'] ?? join(ROOT, '.venv/bin/python') };

packageTest('it installs, with samples and lock files and without sources or tests', () => {
  expect(installed.code, installed.stderr).toBe(0);
  const root = join(home, 'node_modules/evom');
  expect(readdirSync(root).toSorted()).toEqual(
    [
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.md',
      'binder',
      'dist',
      'package.json',
      'policies',
      'samples',
    ].toSorted(),
  );
  expect(readFileSync(join(root, 'samples/programs.jsonl'), 'utf8')).toContain('"gurobi/honest-lp"');
});

packageTest('`npx evom` answers, and judges programs', async () => {
  const version = await shell('npx evom --version', { cwd: home });
  expect(version.stdout.trim()).toBe('0.1.0');
  const input = writeRows(join(home, 'rows.jsonl'), [
    { id: 'a', solver: 'highs', program: highsProgram(8), answer: 8 },
    { id: 'b', solver: 'highs', program: 'open("/etc/passwd")', answer: 8 },
  ]);
  const run = await shell(`npx evom verify "${input}"`, { cwd: home, environment: python });
  expect(run.code, run.stderr).toBe(0);
  const rows = readOutput(run.stdout);
  expect(rows['a']).toMatchObject({ verdict: 'correct', certificate: { kind: 'agrees', by: 'highs-wasm' } });
  expect(rows['b']?.verdict).toBe('blocked');
});

packageTest('`npx evom demo` finds its samples', async () => {
  const { code, stdout } = await shell('npx evom demo', { cwd: home, environment: python });
  expect(code).toBe(0);
  expect(stdout).toMatch(/gurobi\/honest-lp +correct/);
  expect(stdout).toMatch(/^ *1\.2 +\d+ +█+$/m); // what the shipped policy earned
  expect(stdout).toContain('One GRPO step: accuracy');
  expect(stdout).not.toContain('\u001b'); // no terminal, no colour
});

packageTest('the library is one import', async () => {
  writeFileSync(
    join(home, 'twelve.mjs'),
    `import { verify } from 'evom';
for await (const seen of verify([{ id: 'a', program: ${JSON.stringify(highsProgram(8))} }], { solver: 'highs' })) {
  console.log(seen.outcome, seen.status, seen.objective, seen.certificate?.kind);
}
`,
  );
  const run = await shell(`"${process.execPath}" twelve.mjs`, { cwd: home, environment: python });
  expect(run.stdout).toBe('solved optimal 8 agrees\n');
});

packageTest('its types stand by themselves', async () => {
  writeFileSync(
    join(home, 'user.ts'),
    `import { createReward, type Observation, verify } from 'evom';
const reward = createReward({ weights: { format: 1, answer: 1 } });
for await (const seen of verify([{ id: 'a', program: '' }])) {
  const observation: Observation = seen;
  const totals: number[] = [reward({ observation, answer: 'infeasible' }).total];
  totals.sort();
}
`,
  );
  const flags = '--noEmit --strict --module nodenext --target es2024 --lib es2024,esnext.disposable --skipLibCheck';
  const run = await shell(`"${join(ROOT, 'node_modules/typescript/bin/tsc')}" ${flags} --types "" user.ts`, {
    cwd: home,
  });
  expect(run.stdout).not.toContain('user.ts');
});

packageTest('without a Python environment it says what to run, and exits with 3', async () => {
  const environment = { EVOM_PYTHON: '', EVOM_HOME: join(folder, 'no-home') };
  const run = await shell('npx evom verify rows.jsonl', { cwd: home, environment });
  expect(run.code).toBe(3);
  expect(run.stderr).toContain('`evom setup`');
});
