/** 245 programs that a published model wrote for COPT, with what its authors' harness recorded of each. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { evom, type Finished, readOutput, SHARED_DATA, testFolder } from './cli.ts';

interface Recorded {
  readonly id: string;
  readonly recorded_state: string;
  readonly recorded_objective: string | null;
}

const FILE = join(SHARED_DATA, 'orlm-nl4opt-programs.jsonl');
const out = join(testFolder(), 'judged.jsonl');
let run: Finished;

beforeAll(async () => {
  if (existsSync(FILE)) run = await evom(['verify', FILE, '--out', out]);
}, 180_000);

function recordedTest(name: string, body: () => void | Promise<void>): void {
  test(name, async (context) => {
    context.skip(!existsSync(FILE), 'needs ../shared/data/orlm-nl4opt-programs.jsonl, which is not here');
    await body();
  });
}

recordedTest('status and objective agree with the record on at least 244 of 245', () => {
  const rows = readOutput(readFileSync(out, 'utf8'));
  const recorded = readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
  expect(recorded).toHaveLength(245);
  const agreeing = recorded.filter(({ id, recorded_state, recorded_objective }) => {
    const row = rows[id];
    if (!row) return false;
    if (!recorded_state.startsWith('Execution Successful')) return row.outcome !== 'solved';
    const value = Number(recorded_objective);
    if (recorded_objective === null || Number.isNaN(value)) return row.status !== 'optimal';
    return (
      row.status === 'optimal' && Math.abs((row.objective ?? Number.NaN) - value) <= 1e-4 * Math.max(1, Math.abs(value))
    );
  });
  expect(agreeing.length).toBeGreaterThanOrEqual(244);
});

recordedTest('every model that was solved is certified', () => {
  const solved = Object.values(readOutput(readFileSync(out, 'utf8'))).filter(({ claimed }) => claimed !== null);
  const open = solved
    .filter(({ certificate }) => certificate?.kind !== 'agrees')
    .map(({ id, detail }) => `${id}: ${detail}`);
  expect(open).toEqual([]);
});

recordedTest('210 of 245 are hits at ε 0.05', () => {
  expect(run.code).toBe(0);
  expect(run.stderr).toMatch(/85\.7 % \(210\/245; .* rule evom, ε 0\.05,/);
});

recordedTest('the published 85.7 % comes back under its own rule', async () => {
  const { stdout, code } = await evom(['score', out, '--rule', 'orlm']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/85\.7 % \(210\/245; .* rule orlm/);
});
