/** The layers are lint rules. Here each is tried with an import that it must refuse and one that it must let pass. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const REFUSED = [
  ['src/types.ts', "import '../reward/evom.ts';"],
  ['src/errors.ts', "import 'node:fs';"],
  ['src/agreement.ts', "import './evaluate.ts';"],
  ['src/reward/wrong.ts', "import '../verify/index.ts';"],
  ['src/reward/wrong-node.ts', "import { readFileSync } from 'node:fs';\nexport { readFileSync };"],
  ['src/reward/wrong-type.ts', "import type { Pool } from '../verify/pool.ts';\nexport type { Pool };"],
  ['src/solvers/wrong.ts', "export * from '../problems/load.ts';"],
  ['src/problems/wrong.ts', "import '../reward/evom.ts';"],
  ['src/problems/formats/wrong.ts', "import '../../verify/index.ts';"],
  ['src/problems/synthetic/families/wrong.ts', "import '../../../solvers/index.ts';"],
  ['src/problems/read-rows.ts', "import '../store/memory.ts';"],
  ['src/verify/wrong.ts', "import { parseAnswer } from '../problems/answer-label.ts';\nexport { parseAnswer };"],
  ['src/verify/wrong-judge.ts', "import '../reward/evom.ts';"],
  ['src/verify/wrong-dynamic.ts', "export const judge = () => import('../reward/reward.ts');"],
  ['src/verify/attacks/wrong.ts', "import '../../problems/load.ts';"],
  ['src/store/wrong.ts', "import '../reward/evom.ts';"],
  ['src/evaluate.ts', "import './commands/table.ts';"],
  ['src/graph/wrong.ts', "import 'onnxruntime-node';"],
  ['src/graph/transformer/wrong.ts', "import '../../policy/tokenizer.ts';"],
  ['src/graph/runtime/wrong.ts', "import '../../policy/tokenizer.ts';"],
  ['src/update/wrong.ts', "import '../graph/builder.ts';"],
  ['src/policy/wrong.ts', "import '../verify/index.ts';"],
  ['src/policy/generate/wrong.ts', "import '../../loop.ts';"],
  ['src/loop/wrong.ts', "import '../policy/onnx.ts';"],
  ['src/pretrain/wrong.ts', "import '../verify/index.ts';"],
  ['src/experiments/wrong.ts', "import '../commands/table.ts';"],
] as const;

const ALLOWED = [
  ['src/config.ts', "import './types.ts';"],
  ['src/reward/right.ts', "import '../types.ts';\nimport './evom.ts';\nimport 'node:crypto';"],
  ['src/problems/formats/right.ts', "import '../answer-label.ts';\nimport '../../errors.ts';"],
  ['src/problems/synthetic/families/right.ts', "import '../model.ts';\nimport '../../../types.ts';"],
  ['src/problems/fetch.ts', "import 'node:fs/promises';"],
  ['src/verify/right.ts', "import '../solvers/index.ts';\nimport '../reward/format.ts';\nimport 'node:fs';"],
  ['src/verify/attacks/right.ts', "import '../index.ts';\nimport '../../types.ts';"],
  ['src/store/right.ts', "import '../types.ts';\nimport '@duckdb/node-api';"],
  ['src/commands/right.ts', "import '../verify/index.ts';\nimport '../problems/load.ts';\nimport 'commander';"],
  ['src/cli.ts', "import './commands/table.ts';"],
  ['src/graph/runtime/right.ts', "import 'onnxruntime-node';\nimport 'node:worker_threads';\nimport '../encode.ts';"],
  ['src/policy/right.ts', "import '../graph/builder.ts';\nimport '../update/loss.ts';\nimport 'node:fs';"],
  ['src/policy/generate/right.ts', "import '../../graph/runtime/runtime.ts';\nimport '../tokenizer.ts';"],
  ['src/loop/right.ts', "import '../verify/verifier.ts';\nimport '../reward/evom.ts';"],
  ['src/experiments/right.ts', "import '../loop.ts';\nimport '../policy/onnx.ts';"],
] as const;

let folder: string;
let refused: ReadonlySet<string>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evom-fences-'));
  for (const name of ['biome.json', '.gitignore']) cpSync(join(ROOT, name), join(folder, name));
  for (const [path, text] of [...REFUSED, ...ALLOWED]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  const biome = join(ROOT, 'node_modules/.bin/biome');
  const run = spawnSync(
    biome,
    ['lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { location: { path: string }; message: string }[] };
  refused = new Set(
    diagnostics.filter(({ message }) => message.startsWith('Layers:')).map(({ location }) => location.path),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(REFUSED)('%s must not hold %s', (path) => {
  expect(refused).toContain(path);
});

test.each(ALLOWED)('%s may hold %s', (path) => {
  expect(refused).not.toContain(path);
});
