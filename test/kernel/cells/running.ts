/** What cells find around them: Node and its globals, output, time. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are texts

import type { CellCase } from './cell-case.ts';

export const RUNNING: readonly CellCase[] = [
  {
    name: 'console.log, error, warn, info and debug',
    steps: [
      {
        code: "console.log('%s is %d', 'a', 1, { b: [2] }); console.info('i'); console.error('e'); console.warn('w'); console.debug('d')",
        printed: 'a is 1 { b: [ 2 ] }\ni\nd\n',
        printedAsError: 'e\nw\n',
      },
    ],
  },
  {
    name: 'console.table, group, count and dir',
    steps: [
      {
        code: "console.table([{ a: 1 }]); console.group('g'); console.log('in'); console.groupEnd(); console.count('c'); console.dir({ d: 1 })",
        printed:
          '┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘\ng\n  in\nc: 1\n{ d: 1 }\n',
      },
    ],
  },
  {
    name: 'console.time across cells',
    steps: ["console.time('t')", { code: "console.timeEnd('t')" }, "console.assert(true, 'unseen')"],
  },
  {
    name: 'process.stdout.write, with a callback and bytes',
    steps: [
      {
        code: "process.stdout.write('no newline'); await new Promise<void>((done) => process.stdout.write(Buffer.from('·é\\n'), () => done()))",
        printed: 'no newline·é\n',
      },
    ],
  },
  {
    name: 'timers, cleared and promised',
    steps: [
      "import { setTimeout as sleep } from 'node:timers/promises'\nlet fired = 0\nconst repeating = setInterval(() => fired++, 2)",
      {
        code: 'await sleep(30); clearInterval(repeating); const never = setTimeout(() => (fired = -1000), 20); clearTimeout(never); setImmediate(() => fired++); queueMicrotask(() => fired++); await sleep(5); fired > 3',
        shown: 'true',
      },
    ],
  },
  {
    name: 'URL, Buffer, TextEncoder, AbortController, performance and crypto',
    steps: [
      "const url = new URL('https://a.example/b?c=d')",
      {
        code: "[url.searchParams.get('c'), Buffer.from('hi').toString('hex'), new TextEncoder().encode('é').length, AbortSignal.timeout(1000).aborted, performance.now() > 0, crypto.randomUUID().length]",
        shown: "[ 'd', '6869', 2, false, true, 36 ]",
      },
    ],
  },
  {
    name: 'fetch of a server that a cell opened',
    steps: [
      "import { createServer } from 'node:http'\nimport { once } from 'node:events'\nimport type { AddressInfo } from 'node:net'\nconst server = createServer((_, reply) => reply.end('served')).listen(0)\nawait once(server, 'listening')",
      {
        code: 'const body = await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).text(); server.close(); server.closeAllConnections(); body',
        shown: "'served'",
      },
    ],
  },
  {
    name: 'WeakRef, WeakMap, Proxy and Reflect',
    steps: [
      'const target = { a: 1 }; const weak = new WeakRef(target)\nconst watched = new Proxy(target, { get: (object, name, receiver) => name === "b" ? 2 : Reflect.get(object, name, receiver) }) as { a: number; b: number }',
      {
        code: '[weak.deref() === target, watched.a, watched.b, new WeakMap([[target, 3]]).get(target)]',
        shown: '[ true, 1, 2, 3 ]',
      },
    ],
  },
  {
    name: 'typed arrays, DataView, Atomics and shared memory',
    steps: [
      'const floats = Float64Array.from([1, 2.5])\nconst sharedCounter = new Int32Array(new SharedArrayBuffer(4))',
      {
        code: 'Atomics.add(sharedCounter, 0, 2); [floats.at(-1), sharedCounter[0], new DataView(floats.buffer).getFloat64(8, true)]',
        shown: '[ 2.5, 2, 2.5 ]',
      },
    ],
  },
  {
    name: 'Intl, dates and numbers',
    steps: [
      {
        code: "[new Intl.NumberFormat('en', { minimumFractionDigits: 2 }).format(1234.5), new Date(0).toISOString(), (0.1 + 0.2).toFixed(2), 1_000]",
        shown: "[ '1,234.50', '1970-01-01T00:00:00.000Z', '0.30', 1000 ]",
      },
    ],
  },
  {
    name: 'maps, sets and errors are shown as Node shows them',
    steps: [
      { code: "new Map([['k', new Set([1])]])", shown: "Map(1) { 'k' => Set(1) { 1 } }" },
      { code: 'class Vector { constructor(readonly x: number) {} }\nnew Vector(1)', shown: 'Vector { x: 1 }' },
      {
        code: 'Object.create(null, { a: { value: 1, enumerable: true } })',
        shown: '[Object: null prototype] { a: 1 }',
      },
    ],
  },
  {
    name: 'globalThis knows what cells declare, and what it is given',
    steps: [
      'var onGlobal = 1',
      { code: '(globalThis as any).setByHand = 2; (globalThis as any).onGlobal', shown: '1' },
      { code: 'setByHand', said: ['1:1 2304'], shown: '2' },
    ],
  },
  {
    name: 'eval and Function',
    steps: [
      'const evalSeen = 3',
      { code: "[eval('evalSeen + 1'), new Function('a', 'return a + evalSeen')(2)]", shown: '[ 4, 5 ]' },
    ],
  },
  {
    name: 'an event emitter of one cell is heard in another',
    steps: [
      "import { EventEmitter, once as onceOf } from 'node:events'\nconst emitter = new EventEmitter(); const heard: string[] = []\nemitter.on('said', (word: string) => heard.push(word))",
      "emitter.emit('said', 'first'); const spoken = onceOf(emitter, 'said'); setTimeout(() => emitter.emit('said', 'second'), 3)",
      { code: 'await spoken; heard', shown: "[ 'first', 'second' ]" },
    ],
  },
  {
    name: 'streams, piped and iterated',
    steps: [
      "import { Readable } from 'node:stream'",
      {
        code: "const chunks: string[] = []; for await (const chunk of Readable.from(['a', 'b'])) chunks.push(chunk)\nchunks.join('-')",
        shown: "'a-b'",
      },
      { code: "await new Response('web').text()", shown: "'web'" },
    ],
  },
  {
    name: 'a child process, awaited and not',
    steps: [
      "import { execFileSync, spawn } from 'node:child_process'",
      { code: "execFileSync('echo', ['out']).toString()", shown: "'out\\n'" },
      {
        code: "const echo = spawn('echo', ['later'], { stdio: ['ignore', 'pipe', 'ignore'] }); let echoed = ''; for await (const part of echo.stdout) echoed += part\nechoed",
        shown: "'later\\n'",
      },
    ],
  },
  {
    name: 'a worker thread',
    steps: [
      "import { Worker } from 'node:worker_threads'",
      {
        code: "const worker = new Worker('require(\"node:worker_threads\").parentPort.postMessage(6 * 7)', { eval: true })\nawait new Promise((resolve) => worker.once('message', resolve))",
        shown: '42',
      },
    ],
  },
  {
    name: 'AsyncLocalStorage',
    steps: [
      "import { AsyncLocalStorage } from 'node:async_hooks'\nconst storage = new AsyncLocalStorage<number>()",
      { code: 'await storage.run(5, async () => { await null; return storage.getStore() })', shown: '5' },
    ],
  },
  {
    name: 'WebAssembly',
    steps: [
      {
        code: 'const { instance } = await WebAssembly.instantiate(new Uint8Array([0,97,115,109,1,0,0,0,1,7,1,96,2,127,127,1,127,3,2,1,0,7,7,1,3,97,100,100,0,0,10,9,1,7,0,32,0,32,1,106,11])); (instance.exports as any).add(2, 3)',
        shown: '5',
      },
    ],
  },
  {
    name: 'a long recursion ends with an error, and the next cell runs',
    steps: [
      'function deep(n: number): number { return deep(n + 1) + 1 }',
      { code: 'deep(0)', fails: 'RangeError: Maximum call stack size exceeded' },
      { code: '"alive"', shown: "'alive'" },
    ],
  },
];
