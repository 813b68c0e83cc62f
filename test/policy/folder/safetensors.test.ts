import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SafetensorsFile, writeSafetensors } from '../../../src/policy/folder/safetensors.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evom-safetensors-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A file of this header and this many bytes of data. */
async function fileOf(header: unknown, dataBytes: number): Promise<string> {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const path = join(root, 'hand.safetensors');
  await writeFile(path, Buffer.concat([length, json, Buffer.alloc(dataBytes)]));
  return path;
}

it('values come back bit for bit, in tensors larger than one read and without values', async () => {
  const path = join(root, 'large.safetensors');
  const large = Float32Array.from({ length: 2 ** 21 + 3 }, (_, i) => Math.sin(i) * 10 ** (i % 30));
  large.set([-0, Infinity, 1e-45]);
  const tensors = [
    { name: 'large', shape: [large.length], values: large },
    { name: 'none', shape: [0, 4], values: new Float32Array(0) },
  ];
  await writeSafetensors(path, tensors, 'F32');
  const file = await SafetensorsFile.open(path);
  const target = new Float32Array(large.length);
  await file.read(file.entries.get('large')!, target);
  await file.read(file.entries.get('none')!, new Float32Array(0));
  await file.close();
  expect(Buffer.compare(Buffer.from(target.buffer), Buffer.from(large.buffer))).toBe(0);
});

it('halves larger than one read come back, and shared memory is read into and written from', async () => {
  const path = join(root, 'half.safetensors');
  const shared = new Float32Array(new SharedArrayBuffer(4 * (2 ** 20 + 5)));
  for (let i = 0; i < shared.length; i++) shared[i] = (i % 255) - 127;
  for (const format of ['BF16', 'F16', 'F32'] as const) {
    await rm(path, { force: true });
    await writeSafetensors(path, [{ name: 'x', shape: [shared.length], values: shared }], format);
    const file = await SafetensorsFile.open(path);
    const target = new Float32Array(new SharedArrayBuffer(shared.byteLength));
    await file.read(file.entries.get('x')!, target);
    await file.close();
    expect(target.every((value, i) => value === shared[i])).toBe(true);
  }
});

const X = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };

it.each([
  ['no length', '', 0],
  ['a header cut short', null, 0],
  ['a header that is no JSON', '{"x": ', 8],
  ['a header that is no object', '[1]', 8],
  ['data cut short', { x: X }, 7],
  ['data left over', { x: X }, 9],
  ['a size that is not of its shape', { x: { ...X, shape: [3] } }, 8],
  ['a gap between tensors', { x: X, y: { ...X, data_offsets: [12, 20] } }, 20],
  ['tensors on top of each other', { x: X, y: { ...X, data_offsets: [4, 12] } }, 12],
  ['no offsets', { x: { dtype: 'F32', shape: [2] } }, 8],
  ['a negative shape', { x: { ...X, shape: [-1, -2] } }, 8],
] as const)('a file with %s is refused by its name', async (kind, header, dataBytes) => {
  const path = await fileOf(header ?? {}, dataBytes);
  if (kind === 'no length') await writeFile(path, 'abc');
  if (header === null) await writeFile(path, (await readFile(path)).subarray(0, 9));
  await expect(SafetensorsFile.open(path)).rejects.toMatchObject({
    boundary: 'policy',
    code: expect.stringMatching(/^bad-(safetensors|json)$/) as string,
    message: expect.stringContaining('hand.safetensors') as string,
  });
});

it('a format that weights are not read in is named', async () => {
  const file = await SafetensorsFile.open(await fileOf({ x: { ...X, dtype: 'I64', shape: [1] } }, 8));
  await expect(file.read(file.entries.get('x')!, new Float32Array(1))).rejects.toThrow(/`I64`/);
  await file.close();
});
