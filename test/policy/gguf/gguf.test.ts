import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parametersOf } from '../../../src/graph/transformer/parameters.ts';
import { readModel } from '../../../src/policy/folder/model-folder.ts';
import { readTokenizer } from '../../../src/policy/tokenizer.ts';
import { digestsOf, expectedOf, fixtureFolder } from '../folder/fixture.ts';
import { convertGguf } from './convert.ts';
import { dequantize } from './dequantize.ts';
import { llamaCppNames, writeGguf } from './write-gguf.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evom-gguf-test-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

it("llama.cpp's file of a model becomes the folder that it was made from", async () => {
  const { config, weights, ids } = await readModel(fixtureFolder('smollm'));
  const path = join(root, 'model.gguf');
  await writeFile(path, writeGguf(config, llamaCppNames(config, weights)));
  await convertGguf(path, join(root, 'folder'));
  const model = await readModel(join(root, 'folder'));
  expect(model.config).toEqual(config);
  expect(model.ids).toEqual(ids);
  expect(digestsOf(parametersOf(config), model.weights)).toEqual(expectedOf.folders.smollm);
  const tokenizer = await readTokenizer(join(root, 'folder'));
  expect(tokenizer.encode('<|im_start|>ab 12')).toEqual([1, 96, 5, 3, 4]);
  expect(tokenizer.decode([1, 96, 5, 3, 4])).toBe('ab 12');
  expect(tokenizer.chatTemplate).toBe('{{ messages }}');
});

it('a Q8_0 block is a scale and signed bytes', () => {
  const block = Buffer.alloc(34);
  block.writeUInt16LE(0x3800, 0); // 0.5
  for (let i = 0; i < 32; i++) block.writeInt8(i - 16, 2 + i);
  expect([...dequantize(block, 8, 32)]).toEqual(Array.from({ length: 32 }, (_, i) => (i - 16) / 2));
});

it('a Q4_1 block is a scale, a minimum and four bits a value, the halves of the block in the halves of a byte', () => {
  const block = Buffer.alloc(20);
  block.writeUInt16LE(0x3c00, 0); // 1
  block.writeUInt16LE(0xc000, 2); // −2
  for (let i = 0; i < 16; i++) block[4 + i] = i | ((15 - i) << 4);
  const first = Array.from({ length: 16 }, (_, i) => i - 2);
  expect([...dequantize(block, 3, 32)]).toEqual([...first, ...first.toReversed()]);
});

it('other formats are refused by number', () => {
  expect(() => dequantize(Buffer.alloc(256), 14, 256)).toThrow(/14/);
});
