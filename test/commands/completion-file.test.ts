import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CompletionFile, completionRow } from '../../src/commands/rows/completion-file.ts';
import { readProgramRows } from '../../src/commands/rows/program-rows.ts';
import type { Prompt } from '../../src/types.ts';

const PROMPTS = ['a', 'b'].map(
  (id): Prompt => ({ problem: { id, text: `text of ${id}`, answer: 5, source: 'test' }, solver: 'highs' }),
);
const COMPLETION = { text: '<code>pass</code>', tokenIds: [1, 2], logProbs: [-0.5, -0.25], truncated: false };
const SETTINGS = ['scripted', 1];

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evom-completions-'));
  path = join(folder, 'out.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(...samples: readonly (readonly [prompt: number, sample: number])[]): void {
  using file = new CompletionFile(path, PROMPTS, SETTINGS);
  for (const [prompt, sample] of samples) file.write(completionRow(PROMPTS[prompt]!, sample, COMPLETION, SETTINGS));
}

function there(settings: unknown = SETTINGS, prompts = PROMPTS): string[] {
  using file = new CompletionFile(path, prompts, settings);
  return prompts.flatMap((prompt) =>
    [0, 1].filter((sample) => file.has(prompt, sample)).map((sample) => `${prompt.problem.id}${sample}`),
  );
}

test('rows that are there are known by problem and sample', () => {
  expect(there()).toEqual([]);
  write([0, 1], [1, 0]);
  expect(there()).toEqual(['a1', 'b0']);
  write([0, 0]);
  expect(there()).toEqual(['a0', 'a1', 'b0']);
});

test('rows are what `evom verify` reads', async () => {
  write([0, 0], [0, 1]);
  const { rows, bad } = await readProgramRows(path);
  expect(bad).toEqual([]);
  expect(rows).toMatchObject([
    { id: 'a/highs/0', solver: 'highs', program: 'pass', answer: 5, problem: 'text of a', truncated: false },
    { id: 'a/highs/1' },
  ]);
  expect(JSON.parse(readFileSync(path, 'utf8').split('\n')[0]!)).toMatchObject({ tokens: 2, logProb: -0.75 });
});

test('a last half row is cut off, wherever it breaks', () => {
  write([0, 0], [1, 0]);
  const whole = readFileSync(path);
  const start = whole.indexOf('\n') + 1;
  for (const end of [start + 8, start + 60, whole.length - 2]) {
    writeFileSync(path, whole.subarray(0, end));
    expect(there()).toEqual(['a0']);
    expect(readFileSync(path)).toEqual(whole.subarray(0, start));
  }
});

test.each([
  ['other settings', ['scripted', 2], PROMPTS],
  ['other problems', SETTINGS, PROMPTS.slice(0, 1)],
  ['another answer', SETTINGS, PROMPTS.map((prompt) => ({ ...prompt, problem: { ...prompt.problem, answer: 6 } }))],
])('completions under %s are refused and left as they are', (_, settings, prompts) => {
  write([0, 0], [1, 0]);
  const before = readFileSync(path);
  expect(() => there(settings, prompts)).toThrow(expect.objectContaining({ code: 'output-of-another-run' }));
  expect(readFileSync(path)).toEqual(before);
});

test.each(['a text\n', '[1]\n', 'null\n', '{"id":"a"}\n', 'half a line'])(
  'a file named by mistake is refused: %j',
  (text) => {
    writeFileSync(path, text);
    expect(() => there()).toThrow(expect.objectContaining({ boundary: 'config' }));
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);

test('a place that cannot be written is an error that names it', () => {
  path = join(folder, 'missing', 'out.jsonl');
  expect(() => there()).toThrow(/missing.*Choose another --out/);
});
