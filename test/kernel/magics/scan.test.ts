import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { parse } from 'acorn';
import { expect, test } from 'vitest';
import { findMagics } from '../../../kernel/magics/find-magics.ts';

const found = (code: string): readonly string[] =>
  findMagics(code).map(({ start, lineEnd }) => code.slice(start, lineEnd));

test.each([
  ['a template', '`\n%solvers\n`'],
  ['a template in a template', `\`\${\`\n%solvers\n\`}\n%solvers\n\``],
  ['a template after what it holds', `\`\${{ a: 1 }.a}\n%solvers\n\``],
  ['a comment', '/*\n%solvers\n*/'],
  ['a string with an escaped line end', "'a\\\n%solvers'"],
  ['a remainder', 'a\n% b'],
  ['a remainder without a space', 'a\n%b'],
  ['an argument', 'f(\n  a\n  %solvers\n)'],
  ['a list', '[\n  a\n  %solvers\n]'],
  ['after an operator', 'a =\n%solvers'],
  ['after a word that wants an expression', 'const f = async () => await\n%solvers'],
  ['in the middle of a line', '; %solvers'],
])('no magic in %s', (_, code) => {
  expect(found(code)).toEqual([]);
});

test.each([
  ['at the start', '%solvers', ['%solvers']],
  ['indented', '  %solvers', ['%solvers']],
  ['after a statement without a semicolon', 'const x = f()\n%solvers', ['%solvers']],
  ['after a type that ends in >', 'let x: Map<string, number>\n%solvers', ['%solvers']],
  ['after x!', 'const y = x!\n%solvers', ['%solvers']],
  ['after x++', 'x++\n%solvers', ['%solvers']],
  ['after a regular expression with a quote', "const r = /['`]/\n%solvers", ['%solvers']],
  ['after a regular expression that follows a condition', "if (x) /'/.test(y)\n%solvers", ['%solvers']],
  ['after a member that is being typed', 'x.\n%solvers', ['%solvers']],
  ['after a division', "a / 'b'.length / 2\n%solvers", ['%solvers']],
  ['after a comment with a quote', "// it's\n%solvers", ['%solvers']],
  ['after a magic with a quote', "%problems it's\n%solvers", ["%problems it's", '%solvers']],
  ['in a block', 'for (const s of a) {\n  %verify\n}', ['%verify']],
  ['in a block of a call', 'f(() => {\n  %verify\n})', ['%verify']],
  ['unknown, where a statement begins', 'f();\n%solverz', ['%solverz']],
  ['for help', 'f()\n%solvers?', ['%solvers?']],
  ['after an unclosed string', "const a = 'x\n%solvers", ['%solvers']],
])('a magic %s', (_, code, magics) => {
  expect(found(code)).toEqual(magics);
});

test('%%name takes the whole cell, whatever is in it, on the first line that is not empty', () => {
  const code = '\n  \n%%bash -x\n%solvers\n`';
  expect(findMagics(code)).toMatchObject([{ kind: 'cell', name: 'bash', end: code.length, isMisplaced: false }]);
  expect(findMagics('f()\n%%bash\nls')).toMatchObject([{ kind: 'cell', isMisplaced: true }]);
});

test('%%time leaves the cell to TypeScript, with its magics', () => {
  expect(found('%%time\n`\n%who\n`\n%solvers')).toEqual(['%%time', '%solvers']);
});

const sources = globSync(['src/*.ts', 'src/{graph,reward,policy,update}/*.ts', 'kernel/**/*.ts']).map((path) =>
  readFileSync(path, 'utf8'),
);

test("the repository's own sources have no magic", () => {
  expect(sources.length).toBeGreaterThan(60);
  for (const source of sources) expect(found(source)).toEqual([]);
});

test('between any two statements of them a magic is found, and in none of their comments and templates', () => {
  for (const source of sources) {
    const inside: number[] = [];
    const { body } = parse(stripTypeScriptTypes(source), {
      ecmaVersion: 'latest',
      sourceType: 'module',
      onComment: (isBlock, _text, start) => isBlock && inside.push(start + 2),
      onToken: ({ type, start, end }) => type.label === 'template' && end > start && inside.push(start),
    });
    const marked = body.reduceRight((text, { end }) => `${text.slice(0, end)}\n%who\n${text.slice(end)}`, source);
    expect(found(marked)).toEqual(body.map(() => '%who'));
    for (const at of inside) expect(found(`${source.slice(0, at)}\n%who\n${source.slice(at)}`)).toEqual([]);
  }
}, 60_000);
