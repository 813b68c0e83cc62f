/** What the README shows is what happens. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, shell } from './cli.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

function blocks(language: string): string[] {
  return [...README.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '');
}

test('the twelve lines print what their comment says', async () => {
  const [code] = blocks('ts');
  expect(code?.trimEnd().split('\n')).toHaveLength(12);
  const expected = /\/\/ (solved .*)/.exec(code ?? '')?.[1];
  const script = (code ?? '').replace("'evom'", JSON.stringify(join(ROOT, 'src/index.ts')));
  const run = await shell(`"${process.execPath}" --input-type=module-typescript`, { input: script });
  expect(run.stdout.trim()).toBe(expected);
});

test('the loop prints a line a step, and the fake policy has learnt', async () => {
  const [, code] = blocks('ts');
  const script = (code ?? '').replace("'evom'", JSON.stringify(join(ROOT, 'src/index.ts')));
  const run = await shell(`"${process.execPath}" --input-type=module-typescript`, { input: script });
  const lines = run.stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number));
  expect(lines.map(([index]) => index)).toEqual([0, 1, 2]);
  expect(lines[2]![1]).toBeGreaterThan(lines[0]![1]!);
});

test('every `npm run` script and every evom command that it names exists', async () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...README.matchAll(/npm (?:run )?(start|test|(?<=run )[\w:]+)/g)].map((match) => match[1] ?? '');
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
  const help = (await shell(`"${process.execPath}" src/cli.ts --help`)).stdout;
  const commands = [...README.matchAll(/(?:npm run evom -- |npx evom |`evom )([a-z]+)/g)].map(
    (match) => match[1] ?? '',
  );
  for (const command of commands) expect(help).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
});

test('every evom line in a shell block is understood', async () => {
  const lines = blocks('sh')
    .flatMap((block) => block.split('\n'))
    .filter((line) => line.startsWith('npm run evom -- '))
    .map((line) => line.replace(/\s+#.*/, '').replace('npm run evom -- ', ''));
  for (const line of lines) {
    const [command = '', sub = ''] = line.split(' ');
    const words = command === 'problems' || command === 'lint' ? [command, sub] : [command];
    const { code, stdout } = await shell(`"${process.execPath}" src/cli.ts ${words.join(' ')} --help`);
    expect(code).toBe(0);
    for (const flag of line.match(/--[a-z-]+/g) ?? []) expect(stdout).toContain(flag);
  }
});

test('every file and folder that it names is there', () => {
  const paths = [...README.matchAll(/`((?:src|binder|bench|test|samples)\/[\w./-]*)`/g)].map((match) => match[1] ?? '');
  const links = [...README.matchAll(/\]\((?!http)([\w./-]+)\)/g)].map((match) => match[1] ?? '');
  expect(paths.length + links.length).toBeGreaterThan(5);
  for (const path of [...paths, ...links]) expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
});

test('it names no path of one machine and no registry', () => {
  expect(README).not.toMatch(/\/(?:root|home|work)\/|registry\.|:\/\/localhost/);
});
