/** Cells that fail: what is kept, and what is told. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are texts

import type { CellCase } from './cell-case.ts';

export const ERRORS: readonly CellCase[] = [
  {
    name: 'an error in the middle keeps what came before it',
    steps: [
      {
        code: 'const before1 = 1; let before2 = "b"\nthrow new TypeError("middle")\nconst after1 = 2',
        said: [],
        fails: 'TypeError: middle',
      },
      { code: '[before1, before2, typeof after1]', shown: "[ 1, 'b', 'undefined' ]" },
    ],
  },
  {
    name: 'an error after an await keeps what came before it',
    steps: [
      {
        code: 'const waited = await Promise.resolve(3)\nawait Promise.reject(new Error("rejected"))',
        fails: 'Error: rejected',
      },
      { code: 'waited', shown: '3' },
    ],
  },
  {
    name: 'the place, the line and a mark, in the cell that threw',
    steps: [
      '// a comment\nfunction faulty(x: number): never {\n  const doubled: number = x * 2\n  throw new RangeError(`no ${doubled}`)\n}',
      {
        code: 'const fineHere: string = "f"\n\nfaulty(2)',
        fails: 'RangeError: no 4',
        traceback: [
          'RangeError: no 4',
          '4 │   throw new RangeError(`no ${doubled}`)',
          '│         ^',
          'at faulty ([-1]:4:9)',
          'at [0]:3:1',
        ],
      },
    ],
  },
  {
    name: 'the place in a cell with an enum and with a decorator',
    steps: [
      {
        code: 'enum Placed { A, B }\nconst value: number = 1\nnull!.x',
        said: ['3:7 2339'],
        fails: "TypeError: Cannot read properties of null (reading 'x')",
        traceback: ['3 │ null!.x'],
      },
      {
        code: 'const noop2 = (_: unknown, __: unknown) => {}\n@noop2\nclass PlacedToo {}\n(undefined as any).y',
        fails: "TypeError: Cannot read properties of undefined (reading 'y')",
        traceback: ['4 │ (undefined as any).y'],
      },
    ],
  },
  {
    name: 'the place in an async function and in a callback',
    steps: [
      {
        code: 'async function slow() {\n  await null\n  throw new Error("slow")\n}\nawait slow()',
        fails: 'Error: slow',
        traceback: ['3 │   throw new Error("slow")', 'at async [0]:5:1'],
      },
      {
        code: '[1].map((n) => {\n  throw new Error(`at ${n}`)\n})',
        fails: 'Error: at 1',
        traceback: ['2 │   throw new Error(`at ${n}`)', 'at Array.map'],
      },
    ],
  },
  {
    name: 'the place in a local file',
    steps: [
      {
        files: {
          'thrower.ts':
            'interface Padding { a: number }\n\nexport function thrower(p: Padding): never {\n  throw new Error(`file ${p.a}`)\n}\n',
        },
      },
      {
        code: "import { thrower } from './thrower.ts'\nthrower({ a: 1 })",
        fails: 'Error: file 1',
        traceback: ['thrower.ts', '[0]:2:1'],
      },
    ],
  },
  {
    name: 'throwing what is no error',
    steps: [
      { code: 'throw "a text"', fails: 'Thrown: a text' },
      { code: 'throw { code: 7 }', fails: 'Thrown: { code: 7 }' },
      { code: 'throw 42', fails: 'Thrown: 42' },
      { code: 'throw null', fails: 'Thrown: null' },
      { code: 'throw undefined', fails: 'Thrown: undefined' },
      { code: 'throw 5n', fails: 'Thrown: 5n' },
      { code: 'throw Symbol("s")', fails: 'Thrown: Symbol(s)' },
      { code: 'throw -0', fails: 'Thrown: -0' },
      { code: 'throw Promise.resolve(1)', fails: 'Thrown: Promise { 1 }' },
      { code: 'throw { then() {} }', fails: 'Thrown: { then: [Function: then] }' },
      { code: 'throw () => 1', fails: 'Thrown: [Function (anonymous)]' },
      { code: 'await Promise.reject("rejected text")', fails: 'Thrown: rejected text' },
    ],
  },
  {
    name: 'errors of one’s own class, with a cause',
    steps: [
      'class Overrun extends Error { override name = "Overrun"; constructor(readonly by: number, options?: ErrorOptions) { super(`by ${by}`, options) } }',
      {
        code: 'try { null!.z } catch (cause) { throw new Overrun(3, { cause }) }',
        said: ['1:13 2339'],
        fails: 'Overrun: by 3',
        traceback: ['Overrun: by 3', 'Caused by:', "TypeError: Cannot read properties of null (reading 'z')"],
      },
    ],
  },
  {
    name: 'errors of many, with each of them',
    steps: [
      {
        code: 'await Promise.any([Promise.reject(new Error("e1")), Promise.reject(new RangeError("e2"))])',
        fails: 'AggregateError: All promises were rejected',
        traceback: ['AggregateError', 'Error: e1', 'RangeError: e2'],
      },
    ],
  },
  {
    name: 'an error with a message of several lines, and without any',
    steps: [
      { code: 'throw new Error("first\\n    at second")', fails: 'Error: first\n    at second' },
      { code: 'throw new Error()', fails: 'Error: ' },
    ],
  },
  {
    name: 'an error whose own members throw',
    steps: [
      {
        code: 'throw Object.defineProperty(new Error("x"), "stack", { get() { throw new Error("stack") } })',
        fails: 'Thrown: What was thrown cannot be told',
      },
      { code: 'throw new Proxy({}, { get() { throw new Error("trap") } })', fails: 'Thrown: {}' },
      { code: '"still here"', shown: "'still here'" },
    ],
  },
  {
    name: 'a syntax error has its place, and runs nothing',
    steps: [
      'let untouched = 1',
      {
        code: 'untouched = 2\nconst broken = ;',
        said: ['2:16 1109'],
        fails: 'SyntaxError: Unexpected token',
        traceback: ['2 │ const broken = ;', '│                ^'],
      },
      { code: 'untouched', shown: '1' },
    ],
  },
  {
    name: 'a syntax error of types has its place',
    steps: [
      { code: 'const a1 = 1\nlet t: = 2', said: ['2:8 1110'], fails: 'SyntaxError', traceback: ['2 │ let t: = 2'] },
    ],
  },
  {
    name: 'a syntax error that V8 alone finds',
    steps: [
      { code: 'const re = /(/', said: [], fails: 'SyntaxError: Invalid regular expression: /(/: Unterminated group' },
      { code: 'for (const x of [1]) { break missing }', said: ['1:24 1116'], fails: 'SyntaxError: Unsyntactic break' },
    ],
  },
  {
    name: 'a name that nobody declared',
    steps: [
      {
        code: 'const known1 = 1\nunknownName + known1',
        said: ['2:1 2304'],
        fails: 'ReferenceError: unknownName is not defined',
        traceback: ['2 │ unknownName + known1'],
      },
    ],
  },
  {
    name: 'use before its declaration in the cell is told',
    steps: [
      {
        code: 'tooEarly.toFixed()\nconst tooEarly = 1',
        said: ['1:1 2448', '1:1 2454'],
        fails: "TypeError: Cannot read properties of undefined (reading 'toFixed')",
      },
    ],
  },
  {
    name: 'return at the top is refused',
    steps: [{ code: 'return 1', said: ['1:1 1108'], fails: "SyntaxError: 'return' outside of function" }],
  },
  {
    name: 'an error of a timer is printed, and ends nothing',
    steps: [
      {
        code: 'setTimeout(() => { throw new Error("late") }, 1); await new Promise((resolve) => setTimeout(resolve, 30)); "went on"',
        shown: "'went on'",
      },
      {
        code: 'void Promise.reject(new Error("unheard")); await new Promise((resolve) => setTimeout(resolve, 30)); 2',
        shown: '2',
      },
    ],
  },
  {
    name: 'a value whose display throws is an error of the cell',
    steps: [
      { code: '({ [Symbol.for("Jupyter.display")]() { throw new Error("display") } })', fails: 'Error: display' },
      { code: '({ get a() { throw new Error("getter") } })', shown: '{ a: [Getter] }' },
    ],
  },
];
