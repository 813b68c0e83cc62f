/** JavaScript as people write it, at the top of a cell. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are texts

import type { CellCase } from './cell-case.ts';

export const SYNTAX: readonly CellCase[] = [
  {
    name: 'await at the top: of a call, of brackets, in expressions and declarations',
    steps: [
      'const later = async (x: number) => { await null; return x }',
      'const got = await later(1), both = (await later(2)) + await later(3)',
      { code: 'await (async () => got + both)()', shown: '6' },
      { code: 'const [x1, x2] = await Promise.all([later(1), later(2)]); `${await later(x1)}${x2}`', shown: "'12'" },
    ],
  },
  {
    name: 'for await at the top, over an async generator of an earlier cell',
    steps: [
      'async function* ticks(n: number) { for (let i = 1; i <= n; i++) { await null; yield i } }',
      'let total = 0\nfor await (const tick of ticks(4)) {\n  if (tick === 2) continue\n  total += tick\n}',
      { code: 'total', shown: '8' },
    ],
  },
  {
    name: 'await in conditions, loops, templates, defaults and spreads',
    steps: [
      'const yes = async () => true',
      {
        code: 'let turns = 0; while (await yes()) { if (++turns > 2) break }\nif (await yes()) turns += 10\nconst { d = await yes() } = {} as { d?: boolean };\n`${[...(await Promise.resolve([turns])), d]}`',
        shown: "'13,true'",
      },
    ],
  },
  {
    name: 'generators, delegation, and what is sent in',
    steps: [
      'function* asked(): Generator<string, number, number> { const a = yield "one"; const b = yield* again2(); return a + b }\nfunction* again2(): Generator<string, number, number> { return yield "two" }',
      {
        code: 'const talk = asked(); [talk.next().value, talk.next(3).value, talk.next(4)]',
        shown: "[ 'one', 'two', { value: 7, done: true } ]",
      },
    ],
  },
  {
    name: 'objects that are iterated, spread and taken apart',
    steps: [
      'const span = { *[Symbol.iterator]() { yield 1; yield 2; yield 3 } }',
      {
        code: 'const [s1, ...sRest] = span; [s1, sRest, Math.max(...span), [...span, ...new Set([3, 4])].length]',
        shown: '[ 1, [ 2, 3 ], 3, 5 ]',
      },
    ],
  },
  {
    name: 'labelled loops',
    steps: [
      {
        code: 'let pairs = 0\nouter: for (let i = 0; i < 5; i++) {\n  for (let j = 0; j < 5; j++) {\n    if (j === 3) continue outer\n    if (i === 2) break outer\n    pairs++\n  }\n}\npairs',
        shown: '6',
      },
    ],
  },
  {
    name: 'for of, for in, do while and switch',
    steps: [
      {
        code: 'let told = ""; for (const k in { a: 1, b: 2 }) told += k; for (const [i, v] of ["x"].entries()) told += i + v; do { told += "!" } while (told.length < 5)\nswitch (told.length) { case 5: { told += "five"; break } default: told = "" }\ntold',
        shown: "'ab0x!five'",
      },
    ],
  },
  {
    name: 'tagged templates, raw and nested',
    steps: [
      'const tag = (parts: TemplateStringsArray, ...values: unknown[]) => parts.raw.join("|") + values.join()',
      { code: 'tag`a${1}\\n${`in ${"ner"}`}` + String.raw`\\t`', shown: "'a|\\\\n|1,in ner\\\\t'" },
    ],
  },
  {
    name: 'a template over several lines with what looks like code',
    steps: [
      {
        code: 'const shownText = `import x from "y"\n@decorated\nexport const z = 1\n// no comment`; shownText.split("\\n").length',
        shown: '4',
      },
    ],
  },
  { name: 'bigint', steps: ['const large = 2n ** 64n', { code: 'large % 10n + BigInt(4)', shown: '10n' }] },
  {
    name: 'symbols as keys and well-known ones',
    steps: [
      'const key: unique symbol = Symbol("key")\nclass Money { constructor(readonly n: number) {} [Symbol.toPrimitive](hint: string) { return hint === "number" ? this.n : `${this.n} €` } get [Symbol.toStringTag]() { return "Money" } }',
      {
        code: 'const keyed = { [key]: 1 }; [keyed[key], +new Money(2), `${new Money(3)}`, Object.prototype.toString.call(new Money(1))]',
        shown: "[ 1, 2, '3 €', '[object Money]' ]",
      },
    ],
  },
  {
    name: 'regular expressions, named groups, sticky and with /v',
    steps: [
      'const date = /(?<year>\\d{4})-(?<month>\\d\\d)/u',
      {
        code: 'const { year } = "on 2026-11-24".match(date)!.groups!; [year, "a/b".split(/\\//).length, /[\\p{L}--[a-z]]/v.test("A")]',
        said: [],
        shown: "[ '2026', 2, true ]",
      },
    ],
  },
  {
    name: 'optional chaining, nullish, exponent and logical assignment',
    steps: [
      'let none: { deep?: { call?: () => number } } | null = null as any, filled: number | null = null',
      {
        code: 'filled ??= 2 ** 3 ** 2; filled ||= 0; filled &&= filled - 500; [none?.deep?.call?.() ?? "nothing", filled]',
        shown: "[ 'nothing', 12 ]",
      },
    ],
  },
  {
    name: 'getters and setters of an object, computed names and methods',
    steps: [
      'let stored = 1\nconst live = { get value() { return stored }, set value(x) { stored = x }, ["com" + "puted"]() { return 5 }, async *stream() { yield 1 }, __proto__: { inherited: 6 } }',
      { code: 'live.value += 4; [stored, (live as any).computed(), (live as any).inherited]', shown: '[ 5, 5, 6 ]' },
    ],
  },
  {
    name: 'catch without a name, finally, and throwing again',
    steps: [
      'let order = ""',
      {
        code: 'try { try { throw new Error("x") } catch { order += "c" } finally { order += "f" } throw 1 } catch (caught) { order += caught }\norder',
        shown: "'cf1'",
      },
    ],
  },
  {
    name: 'a line that begins with a bracket after one with a semicolon',
    steps: [
      'let asi: number[] = [];',
      { code: ';[1, 2].forEach((n) => asi.push(n))\n;(() => asi.push(3))()\nasi', shown: '[ 1, 2, 3 ]' },
    ],
  },
  {
    name: 'lines without semicolons',
    steps: [
      { code: 'let one = 1\nlet two = one\n++two\nconst three = () => {\n  return one + two\n}\nthree()', shown: '3' },
    ],
  },
  {
    name: 'a line that begins with a bracket goes on with the one before',
    steps: [{ code: 'const called = (x: number) => x + 1\nconst answer = called\n(4)\nanswer', shown: '5' }],
  },
  {
    name: 'a line that begins with a template is the tag’s',
    steps: [
      {
        code: 'const tagged = (parts: TemplateStringsArray) => parts[0]\nconst tail2 = tagged\n`text`\ntail2',
        shown: "'text'",
      },
    ],
  },
  {
    name: 'an opening brace is a block, one in brackets an object',
    steps: [
      { code: '{ a: 1 }', shown: null },
      { code: '({ a: 1 })', shown: '{ a: 1 }' },
      { code: '[{ a: 1 }].length', shown: '1' },
    ],
  },
  {
    name: 'the last expression is shown, one with a semicolon too, a statement is not',
    steps: [
      { code: '1 + 1;', shown: '2' },
      { code: '1 + 1; // with a comment', shown: '2' },
      { code: 'if (true) 4', shown: null },
      { code: 'let unshown = 5', shown: null },
      { code: 'unshown = 6', shown: '6' },
      { code: 'void 0', shown: null },
      { code: 'null', shown: 'null' },
    ],
  },
  {
    name: 'a comma, a conditional and an assignment as the last',
    steps: [
      'let last = 0',
      { code: 'last = 2, last + 1', shown: '3' },
      { code: 'last > 1 ? "more" : "less"', shown: "'more'" },
      { code: 'async () => last', shown: '[AsyncFunction (anonymous)]' },
    ],
  },
  {
    name: 'a promise as the last is awaited',
    steps: [
      'const soon = new Promise<string>((resolve) => setTimeout(resolve, 5, "came"))',
      { code: 'soon', shown: "'came'" },
      { code: 'Promise.reject(new RangeError("went"))', fails: 'RangeError: went' },
    ],
  },
  {
    name: 'comments: at the end, alone, of several lines',
    steps: [
      { code: '7 // seven', shown: '7' },
      { code: '// nothing', shown: null },
      { code: '/* a\n   b */ 8 /* c */', shown: '8' },
      { code: '', shown: null },
      { code: '10 //# sourceMappingURL=x', shown: '10' },
    ],
  },
  {
    name: 'line ends of Windows, and tabs',
    steps: [
      {
        code: 'const crlf = 1\r\n\tfunction crlf2(x: number) {\r\n\t\treturn x + crlf\r\n\t}\r\ncrlf2(2)\r\n',
        shown: '3',
      },
    ],
  },
  {
    name: 'strict mode is on: `this` at the top, deleting, octals',
    steps: [{ code: '(function () { return this === undefined })()', said: ['1:23 2683'], shown: 'true' }],
  },
  {
    name: 'arguments, new.target, call and apply, default parameters',
    steps: [
      'function given() { return [arguments.length, new.target === undefined] }\nconst sum3 = (a: number, b = a, ...c: number[]) => a + b + c.length',
      { code: '[given.apply(null, [1, 2] as any), sum3(2), sum3(1, 1, 1, 1)]', shown: '[ [ 2, true ], 4, 4 ]' },
    ],
  },
  {
    name: 'async arrows and methods, and Promise helpers',
    steps: [
      'const half = async (x: number) => x / 2\nconst service = { async get(x: number) { return half(x) } }',
      {
        code: 'const settled = await Promise.allSettled([service.get(4), Promise.reject(1)]); [await Promise.any([half(8)]), settled.map(({ status }) => status)]',
        shown: "[ 4, [ 'fulfilled', 'rejected' ] ]",
      },
    ],
  },
  {
    name: 'newer library: groupBy, toSorted, withResolvers, iterator helpers, structuredClone',
    steps: [
      'const numbers = [3, 1, 2]',
      {
        code: '[numbers.toSorted(), numbers.at(-1), structuredClone({ n: numbers }).n.length]',
        shown: '[ [ 1, 2, 3 ], 2, 3 ]',
      },
      { code: 'Object.keys(Object.groupBy(numbers, (n) => (n > 1 ? "big" : "small")))', shown: "[ 'big', 'small' ]" },
      { code: 'const { promise, resolve } = Promise.withResolvers<number>(); resolve(4); promise', shown: '4' },
      { code: 'numbers.values().map((n) => n * 2).toArray()', shown: '[ 6, 2, 4 ]' },
      { code: 'new Set([1, 2]).union(new Set([3])).size', shown: '3' },
    ],
  },
];
