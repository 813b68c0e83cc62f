/** What a cell may be in the middle of when it is interrupted. */

export interface InterruptKind {
  readonly name: string;
  /** Once for each kernel, and again where the interrupt has cost the variables. */
  readonly setUp: readonly string[];
  /** Prints `begun` first, so that it is known to run; a cell magic can not. */
  readonly cell: string;
  /** How long after `begun`, or after the cell's start, the interrupt comes, in ms: from the first to the last repeat. */
  readonly after: readonly [from: number, to: number];
  /** What the cell's error is called. `EngineReplaced`: its variables are lost. */
  readonly ends: 'KeyboardInterrupt' | 'EngineReplaced';
  /** Of the whole, in ms. */
  readonly limit: 2000 | 6000;
}

const SOON = [20, 300] as const;
const TRAINING = ['%problems tiny:1:16', '%policy tiny'];
const ENDLESS_PROGRAM = 'import highspy\nwhile True:\n    pass';
/** Once, so that the solver's process is there and what is interrupted is the program. */
const WARM = "await evom.verify({ solver: 'highs', program: 'import highspy' })";

const kept = { setUp: [], after: SOON, ends: 'KeyboardInterrupt', limit: 2000 } as const;
const replaced = { setUp: [], after: SOON, ends: 'EngineReplaced', limit: 6000 } as const;

export const INTERRUPT_KINDS: readonly InterruptKind[] = [
  { ...kept, name: 'endless loop', cell: "console.log('begun'); for (;;);" },
  { ...kept, name: 'endless loop after an await', cell: "await null; console.log('begun'); for (;;);" },
  { ...kept, name: 'endless microtasks', cell: "console.log('begun'); for (;;) await null" },
  {
    ...kept,
    name: 'endless microtasks of promises',
    cell: "console.log('begun'); const spin = (): Promise<void> => Promise.resolve().then(spin); await spin()",
  },
  {
    ...kept,
    name: 'loop in a callback of a timer',
    cell: "console.log('begun'); await new Promise(() => setTimeout(() => { for (;;); }, 1))",
  },
  { ...kept, name: 'endless output', cell: "console.log('begun'); for (;;) console.log('line')" },
  { ...kept, name: 'wait without end', cell: "console.log('begun'); await new Promise(() => {})" },
  {
    ...kept,
    name: 'Atomics.wait',
    cell: "console.log('begun'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
  },
  {
    ...kept,
    name: 'open server',
    setUp: ["import { createServer } from 'node:http'"],
    cell: [
      "const server = createServer().listen(0, () => console.log('begun'))",
      "jupyter.signal.addEventListener('abort', () => server.close())",
      "await new Promise((resolve) => server.on('close', resolve))",
    ].join('\n'),
  },
  { ...kept, name: '%%bash that sleeps', cell: '%%bash\necho begun; sleep 60' },
  {
    ...kept,
    name: 'verify of an endless program',
    setUp: [WARM],
    cell: `console.log('begun'); await evom.verify({ solver: 'highs', program: ${JSON.stringify(ENDLESS_PROGRAM)} })`,
    after: [100, 1500],
  },
  {
    ...kept,
    name: '%%verify of an endless program',
    setUp: [WARM],
    cell: `%%verify --solver highs\n${ENDLESS_PROGRAM}`,
    after: [300, 1500],
  },
  {
    ...kept,
    name: 'library verify of an endless program',
    cell: `console.log('begun'); for await (const observation of verify([{ program: ${JSON.stringify(ENDLESS_PROGRAM)} }], { signal: jupyter.signal })) display(observation)`,
    after: [20, 2500],
  },
  {
    ...kept,
    name: 'generation',
    setUp: TRAINING,
    cell: "console.log('begun'); await evom.generate({ solver: 'highs', samples: 64 })",
    after: [100, 2000],
  },
  {
    ...kept,
    name: 'training step',
    setUp: TRAINING,
    cell: "console.log('begun'); await evom.train({ solver: 'highs', steps: 10_000, run: 'r', samples: 4, problemsPerStep: 4, maxTokens: 160 })",
    after: [100, 6000],
  },
  {
    ...replaced,
    name: 'native call: execFileSync',
    cell: "console.log('begun'); require('node:child_process').execFileSync('sleep', ['60'])",
  },
  {
    ...replaced,
    name: 'native call: pbkdf2Sync',
    cell: "console.log('begun'); require('node:crypto').pbkdf2Sync('a', 'b', 2 ** 30, 64, 'sha512')",
  },
];
