import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exportScript } from '../../../kernel/magics/export-script.ts';

const folder = mkdtempSync(join(tmpdir(), 'evom-script-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const notebook = (...sources: readonly (string | readonly string[])[]): string =>
  JSON.stringify({ cells: sources.map((source) => ({ cell_type: 'code', source })), metadata: {}, nbformat: 4 });

test('a script begins with a workbench, has the cells between comments, and closes it', () => {
  expect(exportScript(notebook(['%problems tiny\n', '%generate --n 2'], '%who\nrewards.mean'), [])).toBe(
    [
      "import { createWorkbench } from 'evom';\n\nconst evom = createWorkbench();",
      "// %% 1\nvar problems = await evom.problems('tiny'); console.log(problems);\nvar completions = await evom.generate({ samples: 2 }); console.log(completions);",
      '// %% 2\n// %who\nconsole.log(rewards.mean)',
      'await evom.close();\n',
    ].join('\n\n'),
  );
});

test('what is used of the library without an import is imported, unless a cell declares it', () => {
  const cells = notebook('await verify(p); const train = 1; o.evaluate', '({ score: train, solvers: 2, findRule })');
  const library = ['verify', 'train', 'solvers', 'evaluate', 'findRule'];
  expect(exportScript(cells, library)).toContain("import { verify, findRule } from 'evom';");
});

test('text cells become comments', () => {
  const cells = [{ cell_type: 'markdown', source: ['# T\n', '\n', 'a'] }];
  expect(exportScript(JSON.stringify({ cells }), [])).toContain('// # T\n//\n// a\n');
});

test('cells that declare a name again run as one script, print what the cells showed, and need no notebook', () => {
  const script = exportScript(
    notebook(
      "import { join } from 'node:path'\nconst a: number = 1\nfunction f(): number { return 1 }\nclass K { x = 1 }\na",
      "import { join, sep as s } from 'node:path'\nexport const [a, { b = 3 }] = [2, {} as { b?: number }]\nlet unshared = 4",
      'function f() { return a + b + unshared }\nclass K { x = f() }\nnew K().x as number',
      '%%bash\necho from bash',
      '%time const took = 5\nlet alike = took\n%time [alike].length\n%env EVOM_TEST=6',
      '%%writefile written.txt\ntext',
      "%%time\nprocess.env['EVOM_TEST']! + took + join('p', 'q') + s",
    ),
    [],
  );
  const file = join(folder, 'script.ts');
  writeFileSync(
    file,
    script.replace(/^import \{ createWorkbench.*$/m, 'const createWorkbench = () => ({ close() {} });'),
  );
  const { stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', file], { encoding: 'utf8', cwd: folder });
  expect(stderr).toBe('');
  expect(stdout).toBe('1\n9\nfrom bash\n6\n65p/q/\n');
});

test.each([
  ['no JSON', '{'],
  ['no notebook', '{}'],
  ['a list', '[]'],
  ['null', 'null'],
  ['another language', JSON.stringify({ cells: [], metadata: { kernelspec: { language: 'python' } } })],
])('%s is refused', (_, text) => {
  expect(() => exportScript(text, [])).toThrow(expect.objectContaining({ code: 'bad-notebook' }));
});
