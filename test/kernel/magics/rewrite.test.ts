import { stripTypeScriptTypes } from 'node:module';
import { parse } from 'acorn';
import { expect, test } from 'vitest';
import { MAGICS } from '../../../kernel/magics/magics.ts';
import { maskMagics } from '../../../kernel/magics/mask.ts';
import { rewriteMagics } from '../../../kernel/magics/rewrite.ts';

const rewrite = (cell: string): string => rewriteMagics(cell).code;

test.each([
  ['%solvers', 'await evom.solvers();'],
  ['%solvers --as all', 'var all = await evom.solvers(); all;'],
  ['%policy tiny', "await evom.policy('tiny');"],
  ['%problems tiny:1:4 --limit 2', "var problems = await evom.problems('tiny:1:4', { limit: 2 }); problems;"],
  ['%generate --n 4', 'var completions = await evom.generate({ samples: 4 }); completions;'],
  ['%verify', 'var observations = await evom.verify(); observations;'],
  ['%reward --epsilon 1e-4', 'var rewards = await evom.reward({ epsilon: 0.0001 }); rewards;'],
  ['%update --algo dapo --as last', "var last = await evom.update({ objective: 'dapo' }); last;"],
  ['%train --solver highs --steps 3', "var training = await evom.train({ solver: ['highs'], steps: 3 }); training;"],
  ['%evaluate --solver highs', "var evaluation = await evom.evaluate({ solvers: ['highs'] }); evaluation;"],
  ['%transfer', 'var transfer = await evom.transfer(); transfer;'],
  ['%rollouts --run first', "var rollouts = await evom.rollouts({ run: 'first' }); rollouts;"],
  ['%%sql\nselect 1', "var rows = await evom.sql('select 1'); rows;\n"],
  ['%%python\nprint("a")', 'await jupyter.python("print(\\"a\\")\\n");\n'],
  ['%%bash\nls\n', 'await jupyter.bash("ls\\n");\n\n'],
  ['%%writefile a.ts --append\nx', 'await jupyter.writeFile(\'a.ts\', "x\\n", { append: true });\n'],
  ['%load a.ts', "await jupyter.load('a.ts');"],
  ['%npm install "a b" c', "await jupyter.npm(['install', 'a b', 'c']);"],
  ['%pip install -q x', "await jupyter.pip(['install', '-q', 'x']);"],
  ['%who', 'await jupyter.who();'],
  ['%reset', 'await jupyter.reset();'],
  ['%strict off', 'await jupyter.setStrict(false);'],
  ['%check after', "await jupyter.setCheck('after');"],
  ['%env', 'Object.assign({}, process.env);'],
  ['%env HOME', "process.env['HOME'];"],
  ['%env A="b c"', "process.env['A'] = 'b c';"],
  ['%env A b', "process.env['A'] = 'b';"],
  ['%time f(1)', 'await jupyter.time(async () => (f(1)));'],
  ['%time const x: number = await f()', 'const x: number = await jupyter.time(async () => (await f()));'],
  ['%time x => x', 'await jupyter.time(async () => (x => x));'],
  ['%time a == b', 'await jupyter.time(async () => (a == b));'],
  ['%%time\nconst x = 1\nx', 'jupyter.timeCell();\nconst x = 1\nx'],
])('%s', (cell, code) => {
  expect(rewrite(cell)).toBe(code);
});

test('a result is shown below the cell wherever the magic is, as the last expression where it is last', () => {
  expect(rewrite('%verify\n%solvers\n// done\n')).toBe(
    'var observations = await evom.verify(); await jupyter.display(observations);\nawait evom.solvers();\n// done\n',
  );
  expect(rewrite('%solvers\n1 + 1')).toBe('await jupyter.display(await evom.solvers());\n1 + 1');
});

test('lines stay where they were', () => {
  const cell = 'const a = f()\n  %verify\n\nif (a) {\n  %generate --n 2\n}\nthrow a';
  const { code, lines } = rewriteMagics(cell);
  expect(code.split('\n').at(6)).toBe('throw a');
  expect(code.split('\n').at(4)).toMatch(/^ {2}var completions/);
  expect(lines).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(rewrite('%%generate\na\nb\n').split('\n')).toHaveLength(4);
});

test('the cell is the problem, trimmed, or the program as it is', () => {
  expect(rewrite('%%generate --solver highs\n\n  "A" `b` {c}\n')).toContain('text: "\\"A\\" `b` {c}"');
  expect(rewrite('%%verify\nif 1:\n  x\n')).toContain('program: "if 1:\\n  x\\n"');
});

test('a reward function stays on its lines, without what cannot be in a call', () => {
  const cell = '%%reward --name half\n({ observation }) => {\n  return f(observation);\n}; // so\n// it is';
  expect(rewrite(cell).split('\n')).toEqual([
    "var rewards = await evom.reward({ name: 'half', function: (",
    '({ observation }) => {',
    '  return f(observation);',
    '}) }); rewards; // so',
    '// it is',
  ]);
});

test('--show prints the call and does not make it; help prints help, whatever else is wrong', () => {
  expect(rewrite('%generate --n 3 --show')).toBe(
    "console.log('var completions = await evom.generate({ samples: 3 });');",
  );
  for (const asked of ['%problems?', '%problems --help', '%%generate?\nx', '%%generate --help', '%sql?']) {
    expect(rewrite(asked)).toMatch(/^console\.log\("%.*Examples:/);
    expect(rewrite(asked)).not.toContain('await');
  }
});

test.each([
  ['%solverz', 'unknown-magic'],
  ['%sql', 'wrong-magic-kind'],
  ['%%solvers\nx', 'wrong-magic-kind'],
  ['%%generate', 'empty-cell'],
  ['%%generate\n \n', 'empty-cell'],
  ['f()\n%%bash\nls', 'misplaced-magic'],
])('%j is refused', (cell, code) => {
  expect(() => rewrite(cell)).toThrow(expect.objectContaining({ boundary: 'config', code }));
});

test('every example of every magic is TypeScript, as a cell and in a script, and its own help shows it', () => {
  let count = 0;
  for (const { name, examples } of MAGICS) {
    for (const example of examples) {
      const cell = `const before = 1\n${example}`;
      for (const place of ['cell', 'script'] as const) {
        const { code } = rewriteMagics(example.startsWith('%%') ? example : cell, place);
        const options = { ecmaVersion: 'latest', sourceType: 'module' } as const;
        expect(() => parse(stripTypeScriptTypes(code), options), code).not.toThrow();
      }
      const printed: string[] = [];
      new Function('console', rewrite(`%${name}?`))({ log: (text: string) => printed.push(text) });
      expect(printed.join()).toContain(example.split('\n')[0]);
      count++;
    }
  }
  expect(count).toBeGreaterThanOrEqual(MAGICS.length);
});

test.each([
  ['const a = 1\n%generate --n 2\na.', 'const a = 1\n               \na.'],
  ['%%bash\nls\n', '      \n  \n'],
  ['%%sql\nselect', '     \n      '],
  ['%%reward --name x\n(input) => input.', '                 \n(input) => input.'],
  ['%time f().', '      f().'],
  ['%%time\nf().\n%who', '      \nf().\n    '],
  ['%solverz', '        '],
  ['a\n%b', 'a\n%b'],
  ['%time?', '      '],
  ['f()\n%%bash\nls', 'f()\n      \nls'],
])('the mask of %j has spaces in place of magics alone', (cell, masked) => {
  expect(maskMagics(cell)).toBe(masked);
});
