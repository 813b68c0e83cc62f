/** What TypeScript adds: types, classes, decorators. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are texts

import type { CellCase } from './cell-case.ts';

export const TYPES: readonly CellCase[] = [
  {
    name: 'generics with constraints and defaults',
    steps: [
      'interface Box<T = string> { value: T }\nfunction boxed<T extends { length: number }>(value: T): Box<T> { return { value } }',
      { code: 'const b1: Box = { value: "s" }; boxed([1, 2]).value.length + b1.value.length', shown: '3' },
      { code: 'boxed(1)', said: ['1:7 2345'], shown: '{ value: 1 }' },
    ],
  },
  {
    name: 'an arrow function with a type parameter, and a cast by angle brackets',
    steps: ['const same = <T>(x: T): T => x', { code: 'const wide = <unknown>same(3); <number>wide + 1', shown: '4' }],
  },
  {
    name: 'conditional, mapped and template types',
    steps: [
      'type Names<T> = { [K in keyof T as `get${Capitalize<string & K>}`]: () => T[K] }\ntype Inner<T> = T extends Promise<infer U> ? U : T',
      'const getters: Names<{ age: number }> = { getAge: () => 7 }',
      { code: 'const inner: Inner<Promise<number>> = getters.getAge(); inner', shown: '7' },
    ],
  },
  {
    name: 'satisfies, as const and keyof typeof',
    steps: [
      'const palette = { red: [255, 0, 0], green: "#0f0" } as const satisfies Record<string, string | readonly number[]>',
      'type Colour = keyof typeof palette',
      { code: 'const chosen: Colour = "red"; palette[chosen].length', shown: '3' },
    ],
  },
  {
    name: 'overloads',
    steps: [
      'function over(x: string): string\nfunction over(x: number): number\nfunction over(x: any) { return x }',
      { code: 'over(1).toFixed(1) + over("x").toUpperCase()', shown: "'1.0X'" },
      { code: 'over(true)', said: ['1:6 2769'], shown: 'true' },
    ],
  },
  {
    name: 'guards, assertions and never',
    steps: [
      'const isText = (x: unknown): x is string => typeof x === "string"\nfunction assertNumber(x: unknown): asserts x is number { if (typeof x !== "number") throw new Error("no number") }',
      { code: 'const some: unknown = 5; assertNumber(some); some.toFixed(1)', shown: "'5.0'" },
      { code: 'const rest = (x: string | number) => isText(x) ? x.length : x.toFixed(); rest("four")', shown: '4' },
    ],
  },
  {
    name: 'types of tuples, readonly and optional',
    steps: [
      'type Pair = readonly [first: number, second?: string]\nconst pair: Pair = [1]',
      { code: 'pair[1]?.length ?? pair.length', shown: '1' },
      { code: '(pair as any)[0] = 2; pair[0]', shown: '2' },
    ],
  },
  {
    name: 'import type, and types among imported values',
    steps: [
      "import type { Stats } from 'node:fs'\nimport { type Dirent, statSync } from 'node:fs'",
      {
        code: "const stats: Stats = statSync('.'); const entry = null as Dirent | null; [stats.isDirectory(), entry]",
        shown: '[ true, null ]',
      },
      "import type * as whole from 'node:fs'\nconst typed: whole.Stats = stats",
      { code: "const inline: import('node:fs').Stats = typed; inline.isFile()", shown: 'false' },
    ],
  },
  {
    name: 'private fields and methods, static blocks, accessors',
    steps: [
      'class Account { #sum = 0; static opened = 0; static { Account.opened = 10 } #check() { return this.#sum >= 0 } add(x: number) { this.#sum += x; return this } get sum() { return this.#sum } set sum(x) { this.#sum = x } has(o: object) { return #sum in o } get fine() { return this.#check() } }',
      {
        code: 'const account = new Account().add(3); account.sum += 2; [account.sum, Account.opened, account.has(account), account.fine]',
        shown: '[ 5, 10, true, true ]',
      },
    ],
  },
  {
    name: 'abstract classes and inheritance across cells',
    steps: [
      'abstract class Animal { constructor(protected readonly name: string) {} abstract sound(): string; toString() { return `${this.name} says ${this.sound()}` } }',
      'class Dog extends Animal { override sound() { return "woof" } }',
      'class Puppy extends Dog { override sound() { return super.sound().slice(0, 2) } }',
      { code: 'String(new Puppy("Rex"))', shown: "'Rex says wo'" },
      {
        code: 'new Animal("x").sound()',
        said: ['1:1 2511'],
        fails: 'TypeError: (intermediate value).sound is not a function',
      },
    ],
  },
  {
    name: 'a parent declared again leaves its heirs as they were',
    steps: [
      'class Base { v = 1 }',
      'class Heir extends Base {}',
      'class Base { v = 2 }',
      { code: '[new Heir().v, new Base().v]', shown: '[ 1, 2 ]' },
    ],
  },
  {
    name: 'interfaces that a class implements, with an index and a call signature',
    steps: [
      'interface Named2 { readonly name: string }\ninterface Table2 { [key: string]: number }\ninterface Adder { (a: number, b: number): number; label: string }',
      'class Thing implements Named2 { constructor(public readonly name: string) {} }\nconst adder: Adder = Object.assign((a: number, b: number) => a + b, { label: "+" })',
      {
        code: 'const table: Table2 = { a: 1 }; new Thing("t").name + adder(table.a!, 2) + adder.label',
        shown: "'t3+'",
      },
    ],
  },
  {
    name: '`this` as a type, and a parameter `this`',
    steps: [
      'class Chain { steps: string[] = []; add(step: string): this { this.steps.push(step); return this } }\nclass Longer extends Chain { twice() { return this.add("t").add("t") } }',
      'function lengthOf(this: { steps: string[] }) { return this.steps.length }',
      { code: 'lengthOf.call(new Longer().add("a").twice().add("b"))', shown: '4' },
    ],
  },
  {
    name: 'standard decorators of classes, methods, fields and accessors',
    steps: [
      'const seen: string[] = []\nfunction logged(_: unknown, context: DecoratorContext) { seen.push(`${context.kind} ${String(context.name)}`) }\nfunction doubled(method: (x: number) => number, _: ClassMethodDecoratorContext) { return (x: number) => 2 * method(x) }',
      '@logged\nclass Decorated {\n  @logged field = 1\n  @logged get half() { return 0.5 }\n  @doubled twice(x: number) { return x }\n}',
      { code: '[new Decorated().twice(4), ...seen]', shown: "[ 8, 'getter half', 'field field', 'class Decorated' ]" },
    ],
  },
  {
    name: 'decorators with arguments, in the middle of a line',
    steps: [
      'const times = (n: number) => (method: (x: number) => number, _: unknown) => (x: number) => n * method(x)',
      'const before = 1; class Timed { @times(3) run(x: number) { return x } @times(5) static all(x: number) { return x } }',
      { code: '[new Timed().run(2), Timed.all(2), before]', shown: '[ 6, 10, 1 ]' },
      {
        code: 'export @times2 class Late { v = 1 }',
        said: ['1:9 2552'],
        fails: 'ReferenceError: times2 is not defined',
      },
    ],
  },
  {
    name: 'an accessor field',
    steps: [
      'class Auto { accessor level = 1; static accessor count = 2 }',
      { code: 'const auto = new Auto(); auto.level += 4; [auto.level, Auto.count]', shown: '[ 5, 2 ]' },
    ],
  },
  {
    name: 'parameter properties and definite fields',
    steps: [
      'class Param { later!: number; constructor(readonly a: number, private b = a * 2) {} sum() { return this.a + this.b } }',
      { code: 'new Param(3).sum()', shown: '9' },
    ],
  },
  {
    name: 'a class as an expression, and a mixin',
    steps: [
      'type Newable = new (...given: any[]) => object\nconst Tagged = <B extends Newable>(B: B) => class extends B { tag = "t" }',
      'class Plain { p = 1 }\nclass Mixed extends Tagged(Plain) {}',
      { code: 'const mixed = new Mixed(); mixed.tag + mixed.p', shown: "'t1'" },
    ],
  },
  {
    name: 'non-null, definite and optional, in one expression',
    steps: [
      'const maybe: { a?: { b?: number[] } } = { a: { b: [1] } }',
      { code: '(maybe.a!.b?.[0] as number)! + (maybe?.a?.b?.at?.(9) ?? 10)', shown: '11' },
    ],
  },
  {
    name: 'strict: an unknown member and an implicit any are told, the cell runs',
    steps: [
      { code: '({ a: 1 }).b', said: ['1:12 2339'], shown: null },
      { code: 'function loose(x) { return x }\nloose(2)', said: ['1:16 7006'], shown: '2' },
    ],
  },
];
