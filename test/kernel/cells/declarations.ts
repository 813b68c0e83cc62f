/** Declaring, declaring again and seeing from cell to cell. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are texts

import type { CellCase } from './cell-case.ts';

export const DECLARATIONS: readonly CellCase[] = [
  {
    name: 'let, const and var are declared again with other types',
    steps: [
      'let again = 1',
      'const again = "s"',
      'var again = [true]',
      { code: 'let again = 2n; again', shown: '2n' },
      { code: 'again.toFixed()', said: ['1:7 2339'], fails: 'TypeError: again.toFixed is not a function' },
    ],
  },
  {
    name: 'a constant becomes a class, then a function, then a constant',
    steps: [
      'const turning = 1',
      'class turning { m = 1 }',
      { code: 'new turning().m', shown: '1' },
      'function turning(x: number) { return x * 2 }',
      { code: 'turning(4)', shown: '8' },
      'const turning = "text"',
      { code: 'turning.length', shown: '4' },
    ],
  },
  {
    name: 'an interface is declared again with other members',
    steps: [
      'interface Shape { side: number }',
      'const square: Shape = { side: 2 }',
      'interface Shape { radius: number }',
      { code: 'const disc: Shape = { radius: 3 }; disc.radius', shown: '3' },
      { code: 'const old: Shape = { side: 1 }', said: ['1:22 2322'] },
    ],
  },
  {
    name: 'a type alias is declared again',
    steps: [
      'type Id = number',
      'const id1: Id = 1',
      'type Id = string',
      { code: 'const id2: Id = "a"; id2', shown: "'a'" },
    ],
  },
  {
    name: 'an enum is declared again with other members',
    steps: [
      'enum Level { Low, High }',
      { code: 'Level.High', shown: '1' },
      'enum Level { Off = 10, On }',
      { code: '[Level.On, Level[10]]', shown: "[ 11, 'Off' ]" },
      { code: '(Level as any).Low', shown: null },
    ],
  },
  {
    name: 'enums of strings and of numbers, and the way back from a number',
    steps: [
      'enum Word { Yes = "y", No = "n" }',
      'enum Bit { Zero, One }',
      { code: '[Word.No, Bit[1], Bit.One]', shown: "[ 'n', 'One', 1 ]" },
    ],
  },
  {
    name: 'a const enum of an earlier cell',
    steps: ['const enum Side { Left = 3, Right }', { code: 'Side.Right', shown: '4' }],
  },
  {
    name: 'namespaces, one in another, with types',
    steps: [
      'namespace Outer { export namespace Inner { export const deep = 7 } export interface Row { n: number } }',
      { code: 'const row: Outer.Row = { n: Outer.Inner.deep }; row.n', shown: '7' },
    ],
  },
  {
    name: 'a value and a type of one name',
    steps: [
      'interface Point { x: number }\nconst Point = (x: number): Point => ({ x })',
      { code: 'const origin: Point = Point(5); origin.x', shown: '5' },
    ],
  },
  {
    name: 'everything exported',
    steps: [
      'export const ex1 = 1; export let ex2 = 2; export function ex3() { return 3 }',
      'export class Ex4 { v = 4 }\nexport enum Ex5 { A = 5 }\nexport interface Ex6 { v: number }\nexport type Ex7 = Ex6["v"]',
      'export namespace Ex8 { export const v = 8 }\nexport abstract class Ex9 { abstract v: number }\nexport { ex1, ex2 as renamed }\nexport * from "node:path"',
      {
        code: 'const ex7: Ex7 = 7; const ex6: Ex6 = { v: 6 }; [ex1, ex2, ex3(), new Ex4().v, Ex5.A, ex6.v, ex7, Ex8.v].join()',
        shown: "'1,2,3,4,5,6,7,8'",
      },
    ],
  },
  {
    name: 'export default of a value, of a named function and of a class',
    steps: [
      { code: 'export default { def: 1 }', shown: '{ def: 1 }' },
      'export default function named() { return 2 }',
      'export default class Named { v = 3 }',
      { code: '[named(), new Named().v]', shown: '[ 2, 3 ]' },
      { code: 'export default class {}', shown: null },
    ],
  },
  {
    name: 'shorthand of earlier variables, functions and classes',
    steps: [
      'const sa = 1; let sb = "b"; function sc() { return 2 } class Sd {}',
      'const bag = { sa, sb, sc, Sd }',
      { code: '[bag.sa, bag.sb, bag.sc(), new bag.Sd() instanceof Sd]', shown: "[ 1, 'b', 2, true ]" },
    ],
  },
  {
    name: 'destructuring with defaults, renaming, nesting and rest',
    steps: [
      'const { p1, p2 = 2, p3: { q = 3, ...r } = { s: 4 }, ...others } = { p1: 1, u: 5, w: 6 } as { p1: number; p2?: number; p3?: { q?: number; s: number }; u: number; w: number }',
      'const [first, , third = 9, ...tail] = [1, 2, undefined, 4, 5]',
      { code: '[p1, p2, q, r.s, others.u, first, third, tail.length]', shown: '[\n  1, 2, 3, 4,\n  5, 1, 9, 2\n]' },
    ],
  },
  {
    name: 'variables swapped and taken apart without declaring',
    steps: [
      'let left = 1, right = 2',
      ';[left, right] = [right, left]',
      '({ left, right } = { left: left * 10, right })',
      { code: '[left, right]', shown: '[ 20, 1 ]' },
    ],
  },
  {
    name: 'a closure sees what an earlier variable becomes',
    steps: [
      'let rate = 2',
      'const scaled = (x: number) => x * rate; function bump() { rate += 1 }',
      'bump(); rate *= 10',
      { code: 'scaled(2)', shown: '60' },
      'let rate = 1',
      { code: 'scaled(2)', shown: '2' },
    ],
  },
  {
    name: 'a function sees one of a later cell, and the newest of it',
    steps: [
      { code: 'const caller = () => callee()', said: ['1:22 2552'] },
      'function callee() { return 1 }',
      { code: 'caller()', shown: '1' },
      'const callee = () => 2',
      { code: 'caller()', shown: '2' },
    ],
  },
  {
    name: 'a cell run again starts afresh',
    steps: [
      'let fresh: number[]; fresh ??= []; fresh.push(1)',
      'let fresh: number[]; fresh ??= []; fresh.push(1)',
      { code: 'fresh', shown: '[ 1 ]' },
    ],
  },
  {
    name: 'functions are hoisted over statements of their cell',
    steps: [
      {
        code: 'const early = hoisted(2); if (early) { inner() }\nfunction hoisted(x: number) { return x + 1 }\nfunction inner() {}\nearly',
        shown: '3',
      },
    ],
  },
  {
    name: 'var of a block is known to later cells',
    steps: [
      'if (true) { var fromBlock = 5 }\nfor (var counter = 0; counter < 3; counter++);',
      { code: '[fromBlock, counter]', shown: '[ 5, 3 ]' },
    ],
  },
  {
    name: 'let of a block hides, and ends with it',
    steps: ['let hidden = 1; { let hidden = "inner"; hidden.length }', { code: 'hidden', shown: '1' }],
  },
  {
    name: 'names of other scripts, and with an escape',
    steps: [
      'const größe = 2, 名前 = "n", \\u0061bc = 3, $_ = 4',
      { code: '[größe, 名前, abc, $_]', shown: "[ 2, 'n', 3, 4 ]" },
    ],
  },
  {
    name: 'names of globals are declared again',
    steps: [
      'const name = "mine", status = 3, process2 = process.pid > 0',
      { code: '[name, status, process2]', shown: "[ 'mine', 3, true ]" },
    ],
  },
  {
    name: 'a constant cannot be assigned to, says the checker',
    steps: ['const fixed = 1', { code: 'fixed = 2', said: ['1:1 2588'] }],
  },
  {
    name: 'a name declared twice in a cell is a mistake of it',
    steps: [
      {
        code: 'let twin = 1; let twin = 2',
        said: ['1:5 2451', '1:19 2451'],
        fails: "SyntaxError: Identifier 'twin' has already been declared",
      },
    ],
  },
  {
    name: 'a declared variable, function and global',
    steps: [
      'declare global { var shared: number }\nglobalThis.shared = 4',
      'declare const fromElsewhere: number | undefined; declare function nobody(): void',
      { code: '[shared, typeof nobody]', shown: "[ 4, 'undefined' ]" },
    ],
  },
  {
    name: 'using and await using end with the cell',
    steps: [
      'const ended: string[] = []\nconst resource = (name: string) => ({ name, [Symbol.dispose]() { ended.push(name) }, async [Symbol.asyncDispose]() { ended.push(`${name} later`) } })',
      '{ using inner = resource("a"); inner.name }',
      'async function held() { await using one = resource("b"); return one.name }\nawait held()',
      { code: 'ended', shown: "[ 'a', 'b later' ]" },
      { code: 'using top = resource("c"); await using top2 = resource("d"); top.name + top2.name', shown: "'cd'" },
      { code: 'ended.slice(2)', shown: "[ 'd later', 'c' ]" },
    ],
  },
];
