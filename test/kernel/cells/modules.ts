/** What cells import: packages, files of the folder, this package. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are texts

import type { CellCase } from './cell-case.ts';

const ESM_ONLY = {
  'node_modules/esm-only/package.json':
    '{ "name": "esm-only", "type": "module", "exports": { ".": { "types": "./index.d.ts", "import": "./index.js" }, "./part": { "types": "./part.d.ts", "import": "./part.js" } } }',
  'node_modules/esm-only/index.js':
    'export const where = import.meta.url.split("/").at(-2); export default (x) => x + 1;',
  'node_modules/esm-only/index.d.ts':
    'export const where: string; export default function increment(x: number): number;',
  'node_modules/esm-only/part.js': 'export class Part { v = 5 }',
  'node_modules/esm-only/part.d.ts': 'export class Part { v: number }',
};

export const MODULES: readonly CellCase[] = [
  {
    name: 'a package that is ESM alone: by default, by name, whole, and a part of it',
    steps: [
      { files: ESM_ONLY },
      "import increment, { where } from 'esm-only'\nimport * as whole2 from 'esm-only'\nimport { Part } from 'esm-only/part'",
      { code: '[increment(1), where, whole2.default(2), new Part().v]', shown: "[ 2, 'esm-only', 3, 5 ]" },
      { code: "increment('x')", said: ['1:11 2345'], shown: "'x1'" },
    ],
  },
  {
    name: 'a package of CommonJS, by import and by require',
    steps: [
      {
        files: {
          'node_modules/common/package.json': '{ "name": "common", "main": "./main.js", "types": "./main.d.ts" }',
          'node_modules/common/main.js': 'exports.ten = 10; exports.twice = (x) => 2 * x;',
          'node_modules/common/main.d.ts': 'export const ten: number; export function twice(x: number): number;',
        },
      },
      "import { ten, twice } from 'common'\nimport * as common from 'common'",
      { code: "[ten, twice(4), common.ten, require('common').ten]", shown: '[ 10, 8, 10, 10 ]' },
    ],
  },
  {
    name: 'JSON, by import and dynamically',
    steps: [
      { files: { 'table.json': '{ "rows": [1, 2] }' } },
      "import table2 from './table.json' with { type: 'json' }",
      { code: 'table2.rows.length', shown: '2' },
      { code: "(await import('./table.json', { with: { type: 'json' } })).default.rows[0]", shown: '1' },
      { files: { 'table.json': '{ "rows": [1, 2, 3] }' } },
      { code: "import table2 from './table.json' with { type: 'json' }\ntable2.rows.length", shown: '3' },
    ],
  },
  {
    name: 'JSON without saying that it is',
    steps: [
      { files: { 'plain.json': '{ "n": 4 }' } },
      { code: "import plain from './plain.json'\nplain.n", shown: '4' },
    ],
  },
  {
    name: 'a local file is read again once it has changed, when the cell runs again',
    steps: [
      { files: { 'lib.ts': 'export const version: number = 1; export const label = () => `v${version}`' } },
      "import { version, label } from './lib.ts'",
      { code: 'label() + version', shown: "'v11'" },
      { files: { 'lib.ts': 'export const version: string = "two"; export const label = () => `v${version}`' } },
      { code: 'label()', shown: "'v1'" },
      "import { version, label } from './lib.ts'",
      { code: 'label() + version.length', shown: "'vtwo3'" },
    ],
  },
  {
    name: 'a file imported by an imported file is read again too',
    steps: [
      {
        files: {
          'deep/leaf.ts': 'export const leaf: number = 1',
          'deep/branch.ts': "import { leaf } from './leaf.ts'\nexport const branch = () => leaf * 10",
          'tree.ts': "import { branch } from './deep/branch.ts'\nexport const tree = () => branch() + 1",
        },
      },
      { code: "import { tree } from './tree.ts'\ntree()", shown: '11' },
      { files: { 'deep/leaf.ts': 'export const leaf: number = 5' } },
      { code: "import { tree } from './tree.ts'\ntree()", shown: '51' },
      { files: { 'deep/leaf.ts': 'export const leaf: number = 7' } },
      { code: "const { tree: tree3 } = await import('./tree.ts')\ntree3()", shown: '71' },
    ],
  },
  {
    name: 'files that did not change keep their state',
    steps: [
      { files: { 'state.ts': 'export const seen: number[] = []', 'beside.ts': 'export const beside: number = 1' } },
      "import { seen as seen2 } from './state.ts'\nseen2.push(1)",
      { code: "import { seen as seen2 } from './state.ts'\nseen2.length", shown: '1' },
    ],
  },
  {
    name: 'a file with a mistake says where, and once mended is read',
    steps: [
      { files: { 'broken.ts': 'export const fine = 1\nexport const = 2' } },
      { code: "import { fine } from './broken.ts'", said: [], fails: 'SyntaxError' },
      { files: { 'broken.ts': 'export const fine = 3' } },
      { code: "import { fine } from './broken.ts'\nfine", shown: '3' },
    ],
  },
  {
    name: 'enums, namespaces and parameter properties in a local file',
    steps: [
      {
        files: {
          'rich.ts':
            'export enum Rich { A = 1, B }\nexport namespace Space { export const inside = 2 }\nexport class Held { constructor(readonly v: number) {} }',
        },
      },
      {
        code: "import { Rich, Space, Held } from './rich.ts'\n[Rich[2], Space.inside, new Held(3).v]",
        shown: "[ 'B', 2, 3 ]",
      },
    ],
  },
  {
    name: 'types of a local file, without its values',
    steps: [
      {
        files: {
          'typed.ts':
            'export interface Row { n: number }\nexport type Rows = readonly Row[]\nexport const rows: Rows = [{ n: 1 }]',
        },
      },
      "import type { Row, Rows } from './typed.ts'",
      {
        code: "import { type Row as Row2, rows as typedRows } from './typed.ts'\nconst more: Rows = [...typedRows, { n: 2 } satisfies Row as Row2]; more.length",
        shown: '2',
      },
    ],
  },
  {
    name: 'JavaScript files, of both kinds',
    steps: [
      { files: { 'new.mjs': 'export const fresh = 1', 'old.cjs': 'module.exports = { aged: 2 }' } },
      {
        code: "import { fresh as freshOne } from './new.mjs'\nimport old2 from './old.cjs'\n[freshOne, old2.aged]",
        shown: '[ 1, 2 ]',
      },
    ],
  },
  {
    name: 'modules of Node, with and without their prefix',
    steps: [
      "import fs, { existsSync } from 'fs'\nimport * as os from 'node:os'\nimport { readFile } from 'node:fs/promises'",
      {
        code: "[existsSync('.'), fs.existsSync('/nowhere'), os.EOL, typeof readFile]",
        shown: "[ true, false, '\\n', 'function' ]",
      },
    ],
  },
  {
    name: 'an import that is only for its effect',
    steps: [
      { files: { 'effect.ts': '(globalThis as any).affected = ((globalThis as any).affected ?? 0) + 1' } },
      "import './effect.ts'",
      { code: '(globalThis as any).affected', shown: '1' },
    ],
  },
  {
    name: 'an import below its use in the cell',
    steps: [{ code: "const joined = join('a', 'b')\nimport { join } from 'node:path'\njoined", shown: "'a/b'" }],
  },
  {
    name: 'a dynamic import of a name that is worked out',
    steps: [
      { files: { 'parts/a1.ts': 'export default "A1"' } },
      { code: "const which = 'a1'; const loaded = await import(`./parts/${which}.ts`); loaded.default", shown: "'A1'" },
    ],
  },
  {
    name: 'a module that is not there',
    steps: [
      { code: "import { x } from './nowhere.ts'", said: ['1:19 2307'], fails: 'Error: Cannot find module' },
      {
        code: "import gone from 'no-such-package'",
        said: ['1:18 2307'],
        fails: "Error: Cannot find package 'no-such-package'",
      },
    ],
  },
  {
    name: 'a type imported as if it were a value, and a name that a module does not have',
    steps: [
      {
        code: "import { Stats as StatsType, type Dirent as Entry, existsSync as isThere } from 'node:fs'\nimport { PathLike } from 'node:fs'\nisThere('.' satisfies PathLike)",
        shown: 'true',
      },
      { code: "import { nothing } from 'node:path'\nnothing", said: ['1:10 2305'], shown: null },
    ],
  },
  {
    name: 'import.meta is that of a file in the folder',
    steps: [
      {
        code: "[import.meta.url.startsWith('file:'), import.meta.dirname === process.cwd(), import.meta.resolve('./x.ts').endsWith('/x.ts'), typeof import.meta.filename]",
        shown: "[ true, true, true, 'string' ]",
      },
    ],
  },
  {
    name: 'require of Node, of JSON and of a local file, and `import x = require`',
    steps: [
      { files: { 'req.json': '{ "r": 1 }', 'req.ts': 'export const q = 2' } },
      {
        code: "[require('./req.json').r, require('./req.ts').q, require.resolve('./req.json').endsWith('req.json')]",
        shown: '[ 1, 2, true ]',
      },
      "import pathEquals = require('node:path')",
      { code: 'pathEquals.sep', shown: "'/'" },
    ],
  },
  {
    name: 'this package by its name, values and types',
    steps: [
      "import { parseAnswer, wilsonInterval as interval } from 'evom'\nimport type { Observation } from 'evom'",
      {
        code: "const observed: Pick<Observation, 'outcome'> = { outcome: 'solved' }; [typeof parseAnswer, typeof interval, observed.outcome]",
        shown: "[ 'function', 'function', 'solved' ]",
      },
      { code: "const sameLibrary = (await import('evom')).parseAnswer === parseAnswer; sameLibrary", shown: 'true' },
      { code: "import { noSuchThing } from 'evom'", said: ['1:10 2305'] },
      { code: "const badOutcome: Observation['outcome'] = 'nonsense'", said: ['1:7 2322'] },
    ],
  },
  {
    name: 'a local file that imports this package',
    steps: [
      {
        files: {
          'mine.ts':
            "import { EvomError, type Outcome } from 'evom'\nexport const isOurs = (error: unknown): boolean => error instanceof EvomError\nexport const outcome: Outcome = 'time'",
        },
      },
      {
        code: "import { isOurs, outcome } from './mine.ts'\nimport { EvomError } from 'evom'\n[isOurs(new EvomError('config', 'c', 'm')), outcome]",
        shown: "[ true, 'time' ]",
      },
    ],
  },
  {
    name: 'a folder with a package of that name has its own',
    steps: [
      {
        files: {
          'own/node_modules/evom/package.json':
            '{ "name": "evom", "type": "module", "exports": "./index.js", "types": "./index.d.ts" }',
          'own/node_modules/evom/index.js': 'export const ownOne = 1',
          'own/node_modules/evom/index.d.ts': 'export const ownOne: number',
          'own/uses.ts': "export { ownOne } from 'evom'",
        },
      },
      { code: "import { ownOne } from './own/uses.ts'\nownOne", shown: '1' },
    ],
  },
];
