import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { solversOption } from '../../src/commands/policy-options.ts';
import { saveCheckpoint } from '../../src/loop/checkpoints.ts';
import { numberOption } from '../../src/number-options.ts';
import { openPolicy } from '../../src/open-policy.ts';
import { openProblems } from '../../src/open-problems.ts';
import { createScriptedPolicy, type ScriptedPolicy } from '../../src/policy/scripted.ts';

const folder = mkdtempSync(join(tmpdir(), 'evom-options-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('numberOption', () => {
  it.each([
    ['0.5', { low: 0 }, 0.5],
    ['0', { low: 0 }, 0],
    ['1', { low: 0, high: 1, isOpen: true }, 1],
    ['-3', { low: -5, isWhole: true }, -3],
    ['1e2', { low: 0, isWhole: true }, 100],
  ])('reads %j under %j as %d', (text, range, value) => {
    expect(numberOption('x', range)(text)).toBe(value);
  });

  it.each([
    ['', { low: 0 }],
    ['abc', { low: 0 }],
    ['-1', { low: 0 }],
    ['0', { low: 0, isOpen: true }],
    ['1.5', { low: 0, isWhole: true }],
    ['2', { low: 0, high: 1 }],
    ['NaN', { low: 0 }],
    ['Infinity', { low: 0 }],
  ])('refuses %j under %j, and says what to give', (text, range) => {
    expect(() => numberOption('top-p', range)(text)).toThrow(/Expected `--top-p` to be a (whole )?number/);
  });
});

describe('--solver', () => {
  const read = (text: string): unknown => solversOption('test').parseArg?.(text, undefined);

  it('is a list without repetitions', () => {
    expect(read('gurobi, ortools,gurobi')).toEqual(['gurobi', 'ortools']);
  });

  it.each(['', 'gurobi,', 'cplex'])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'unknown-solver' }));
  });
});

describe('--problems', () => {
  it('makes synthetic problems of a seed and a count', async () => {
    const set = await openProblems('synthetic:7:5');
    expect(set.problems).toHaveLength(5);
    expect(set.problems.every(({ id }) => id.includes('-train-7-'))).toBe(true);
    expect((await openProblems('synthetic')).problems).toHaveLength(256);
    expect((await openProblems('synthetic:7')).labelSet).not.toBe((await openProblems('synthetic:8')).labelSet);
  });

  it('makes held-out ones, none of which is in training', async () => {
    const trained = new Set((await openProblems('synthetic')).problems.map(({ text }) => text));
    const { problems } = await openProblems('held-out:0:50');
    expect(problems.every(({ id, text }) => id.includes('-held-out-') && !trained.has(text))).toBe(true);
  });

  it.each(['synthetic:x', 'synthetic:1:0', 'synthetic:1:2.5'])('refuses %s', async (source) => {
    await expect(openProblems(source)).rejects.toMatchObject({ code: 'bad-problems' });
  });

  it('reads a file, and refuses one with nothing to use', async () => {
    const path = join(folder, 'problems.jsonl');
    writeFileSync(path, `${JSON.stringify({ id: 'a', text: 'How many?', answer: 3, source: 's' })}\n`);
    expect((await openProblems(path)).problems).toMatchObject([{ id: 'a', answer: 3 }]);
    const empty = join(folder, 'empty.jsonl');
    writeFileSync(empty, `${JSON.stringify({ id: 'a', text: 'How many?', answer: 'perhaps', source: 's' })}\n`);
    await expect(openProblems(empty)).rejects.toMatchObject({ boundary: 'problem' });
    await expect(openProblems(join(folder, 'nowhere'))).rejects.toMatchObject({ boundary: 'problem' });
  });
});

describe('--policy', () => {
  it("of a run's folder is its newest checkpoint", async () => {
    const run = join(folder, 'run');
    await saveCheckpoint(createScriptedPolicy({ skill: 0.2 }), run, 5);
    await saveCheckpoint(createScriptedPolicy({ skill: 0.8 }), run, 10);
    const policy = (await openPolicy(run)) as ScriptedPolicy;
    expect(policy.skillOf('highs')).toBeCloseTo(0.8, 12);
  });
});
