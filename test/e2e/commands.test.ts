import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { SOLVER_NAMES } from '../../src/types.ts';
import { evom, highsProgram, ROOT, readOutput, shell, testFolder, writeRows } from './cli.ts';

const folder = testFolder();
const NO_PYTHON = { EVOM_PYTHON: '/nowhere/python' };

describe('solvers and doctor', () => {
  test('`solvers --json` has a row for each solver', async () => {
    const { code, stdout } = await evom(['solvers', '--json']);
    expect(code).toBe(0);
    const rows = JSON.parse(stdout) as Record<string, unknown>[];
    expect(rows.map(({ solver }) => solver)).toEqual(SOLVER_NAMES);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual([
        ...['solver', 'installed', 'version', 'licence', 'limits', 'apis', 'startMs', 'reason'],
      ]);
      expect(row['installed'] === (row['reason'] === null)).toBe(true);
    }
  });

  test('without a Python each solver is a row with its reason', async () => {
    const { code, stdout } = await evom(['solvers', '--json'], { environment: NO_PYTHON });
    expect(code).toBe(0);
    const rows = JSON.parse(stdout) as { installed: boolean; reason: string }[];
    expect(rows.map(({ installed }) => installed)).toEqual([false, false, false, false, false]);
    expect(rows[0]?.reason).toContain('/nowhere/python');
  });

  test('`doctor` names what is there, and what lacks in words', async () => {
    const { stdout } = await evom(['doctor']);
    for (const what of ['Node', 'Python', 'sandbox', 'scratch', ...SOLVER_NAMES]) expect(stdout).toContain(` ${what} `);
    const lacking = await evom(['doctor'], { environment: NO_PYTHON });
    expect(lacking.code).toBe(1);
    expect(lacking.stdout).toMatch(/LACKING +Python +Expected `EVOM_PYTHON`/);
  });
});

describe('score', () => {
  const out = join(folder, 'judged.jsonl');

  beforeAll(async () => {
    const input = writeRows(join(folder, 'programs.jsonl'), [
      { id: 'honest', program: highsProgram(100), answer: 100 },
      { id: 'near', program: highsProgram(103), answer: 100 },
      { id: 'forged', program: 'print("Just print the best solution: 100")', answer: 100 },
      { id: 'silent', program: highsProgram(100).replace(/print.*/, ''), answer: 100 },
    ]);
    await evom(['verify', input, '--solver', 'highs', '--out', out]);
  });

  test.each([
    [
      ['--rule', 'evom'],
      ['75.0 % (3/4', '50.0 % (2/4'],
    ],
    [['--rule', 'evom', '--epsilon', '0.01'], ['50.0 % (2/4']],
    [['--rule', 'orlm'], ['75.0 % (3/4']],
    [['--rule', 'sirl'], ['50.0 % (2/4']],
  ])('by %o', async (flags, accuracies) => {
    const { code, stdout } = await evom(['score', out, ...flags]);
    expect(code).toBe(0);
    const found = stdout.split('\n').filter((line) => line.startsWith('accuracy'));
    expect(found).toHaveLength(accuracies.length);
    for (const [index, accuracy] of accuracies.entries()) expect(found[index]).toContain(accuracy);
  });

  test('a row that is none of ours is named, and the others are scored', async () => {
    const mixed = writeRows(join(folder, 'mixed.jsonl'), [
      ...readFileSync(out, 'utf8').trim().split('\n'),
      { id: 'x', program: 'pass' },
    ]);
    const { code, stdout, stderr } = await evom(['score', mixed]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/mixed\.jsonl, row 5: .*no field `solver`/);
    expect(stdout).toContain('(3/4');
  });
});

describe('lint reward', () => {
  test('the default holds, but for what is documented', async () => {
    const { code, stdout } = await evom(['lint', 'reward']);
    expect(code).toBe(0);
    expect(stdout).not.toContain('FAIL');
    expect(stdout).toMatch(/13 of 13 honest answers rewarded/);
  });

  test('a reward that believes what was printed fails', async () => {
    const file = join(folder, 'bad-reward.mjs');
    writeFileSync(
      file,
      'export default ({ observation, answer }) => {\n' +
        '  const hit = observation.stdout.includes(String(answer)) ? 1 : 0;\n' +
        '  return { parts: { answer: hit }, total: hit, masked: false };\n};\n',
    );
    const { code, stdout } = await evom(['lint', 'reward', file]);
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL');
  });

  test('a file that is no reward is an error with what to do', async () => {
    const file = join(folder, 'no-reward.mjs');
    writeFileSync(file, 'export const other = 1;\n');
    for (const name of [file, join(folder, 'absent.mjs')]) {
      const { code, stderr } = await evom(['lint', 'reward', name]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^evom: Expected/);
    }
  });
});

describe('problems', () => {
  test.each(['train', 'held-out'])('generated %s problems come back correct through verify', async (split) => {
    const made = await evom([
      ...['problems', 'generate', '--seed', '7', '--count', '40', '--split', split, '--programs', 'highs'],
    ]);
    const run = await evom(['verify', '-'], { input: made.stdout });
    expect(run.code).toBe(0);
    const rows = Object.values(readOutput(run.stdout));
    expect(rows).toHaveLength(40);
    expect(rows.filter(({ verdict }) => verdict !== 'correct')).toEqual([]);
  });

  test('the same seed gives the same bytes, another seed others, on standard output and by --out', async () => {
    const generate = (...flags: string[]) => evom(['problems', 'generate', '--count', '5', ...flags]);
    const first = (await generate('--seed', '1')).stdout;
    expect((await generate('--seed', '1')).stdout).toBe(first);
    expect((await generate('--seed', '2')).stdout).not.toBe(first);
    const file = join(folder, 'problems.jsonl');
    await generate('--seed', '1', '--out', file);
    expect(readFileSync(file, 'utf8')).toBe(first);
    const { code, stdout } = await evom(['problems', 'lint', file]);
    expect(code).toBe(0);
    expect(stdout).toContain('5 problems');
  });

  test('families, difficulty and answers are the ones asked for', async () => {
    const { stdout } = await evom([
      ...['problems', 'generate', '--families', 'diet,knapsack', '--difficulty', '2', '--answers', 'infeasible'],
    ]);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows).toHaveLength(10);
    for (const row of rows) expect(row).toMatchObject({ difficulty: 2, answer: 'infeasible' });
    expect((await evom(['problems', 'generate', '--families', 'portfolio'])).stderr).toContain("'held-out'");
  });

  test('lint names the rows that cannot be used and exits with 1', async () => {
    const file = writeRows(join(folder, 'odd.jsonl'), [
      { id: 'a', text: 'How many of the 5 boxes of 12 kg fit into a van that may carry 40 kg at most?', answer: 3 },
      { id: 'b', text: 'How many of the 5 boxes of 10 kg fit into a van that may carry 40 kg at most?', answer: '5%' },
    ]);
    const { code, stdout } = await evom(['problems', 'lint', file]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/error unreadable-label \(1\)\n +row 2/);
  });

  test('fetch lists the sets with their state, and offline says address, place and $EVOM_BENCHMARKS', async () => {
    const environment = { EVOM_BENCHMARKS: folder, https_proxy: '', HTTPS_PROXY: '' };
    const list = await evom(['problems', 'fetch'], { environment });
    expect(list.code).toBe(0);
    expect(list.stdout).toMatch(/nl4opt +245 +not fetched/);
    expect(list.stdout).toContain(`Folder: ${folder}`);
    writeFileSync(join(folder, 'mamo-easy.jsonl'), 'something else\n');
    expect((await evom(['problems', 'fetch'], { environment })).stdout).toMatch(/mamo-easy +642 +there, OTHER HASH/);
    const preload = join(folder, 'offline.mjs');
    writeFileSync(preload, "globalThis.fetch = async () => { throw new TypeError('fetch failed'); };\n");
    const offline = await evom(['problems', 'fetch', 'nl4opt'], {
      environment: { ...environment, NODE_OPTIONS: `--import=${preload}` },
    });
    expect(offline.code).toBe(2);
    expect(offline.stderr).toContain('https://raw.githubusercontent.com/');
    expect(offline.stderr).toContain(join(folder, 'nl4opt.jsonl'));
    expect(offline.stderr).toContain('$EVOM_BENCHMARKS');
  });
});

describe('demo', () => {
  const hasTerminal = spawnSync('bash', ['-c', 'command -v script']).status === 0;
  const onTerminal = (environment: Record<string, string>) =>
    shell(`script -qec 'env -u CI "${process.execPath}" src/cli.ts demo' /dev/null`, {
      environment: { TERM: 'xterm', ...environment },
    });

  test('says what happens, then a row for each sample, then verdicts by solver; colour says nothing new', async (context) => {
    context.skip(!hasTerminal, 'the program `script`, which makes a terminal, is not here');
    const { code, stdout } = await onTerminal({ NO_COLOR: '1' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^46 small programs for five solvers, honest and hostile/);
    const samples = readFileSync(join(ROOT, 'samples/programs.jsonl'), 'utf8').trim().split('\n');
    for (const line of samples) expect(stdout).toContain(`${(JSON.parse(line) as { id: string }).id} `);
    expect(stdout).toMatch(/guessed-answer +correct .* degenerate: /);
    expect(stdout).not.toContain('\u001b[3');
  });

  test('verdicts are coloured on a terminal', async (context) => {
    context.skip(!hasTerminal, 'the program `script`, which makes a terminal, is not here');
    expect((await onTerminal({})).stdout).toContain('\u001b[32mcorrect');
  });
});

test('attack runs the table on one solver and holds', async () => {
  const { code, stdout } = await evom(['attack', '--solver', 'highs', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ solvers: ['highs'], escapes: 0, forged: 0, isHeld: true });
  expect(code).toBe(0);
}, 180_000);
