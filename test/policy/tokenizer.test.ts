import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokenizer, type PolicyTokenizer, readTokenizer } from '../../src/policy/tokenizer.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const SHAPES = ['digits', 'split', 'template'] as const;

/** What the reference library says; see `fixtures/make-tokenizers.py`. */
interface Reference {
  readonly strings: readonly string[];
  readonly ids: Readonly<Record<(typeof SHAPES)[number], readonly (readonly number[])[]>>;
  readonly plain: readonly (readonly number[])[];
  readonly chosen: readonly (readonly number[])[];
  readonly decoded: Readonly<Record<(typeof SHAPES)[number], readonly string[]>>;
}

const reference = JSON.parse(gunzipSync(readFileSync(join(FIXTURES, 'strings.json.gz'))).toString()) as Reference;

describe.each(SHAPES)('a tokenizer of shape %s', (shape) => {
  let tokenizer: PolicyTokenizer;
  beforeAll(async () => {
    tokenizer = await readTokenizer(join(FIXTURES, shape));
  });

  it("gives the reference's ids for 1000 strings", () => {
    expect(reference.strings).toHaveLength(1000);
    expect(reference.strings.map((text) => tokenizer.encode(text))).toEqual(reference.ids[shape]);
  });

  it("gives the reference's text for any ids, special tokens left out and broken bytes replaced", () => {
    expect(reference.decoded[shape].some((text) => text.includes('\ufffd'))).toBe(true);
    expect(reference.chosen.map((ids) => tokenizer.decode(ids))).toEqual(reference.decoded[shape]);
  });

  it('streams what decoding the whole gives, never half a character', () => {
    for (const ids of [...reference.ids[shape], ...reference.chosen]) {
      const { push, end } = tokenizer.stream();
      const pieces = [...ids.map(push), end()];
      expect(pieces.join('')).toBe(tokenizer.decode(ids));
      expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
    }
  });

  it('holds an incomplete character back and tells it when it is whole', () => {
    const ids = [...new TextEncoder().encode('👍')].map((byte) => tokenizer.idOf(byteToken(byte))!);
    const { push, end } = tokenizer.stream();
    expect([...ids.map(push), end()]).toEqual(['', '', '', '👍', '']);
    const cut = tokenizer.stream();
    expect([...ids.slice(0, 3).map(cut.push), cut.end()]).toEqual(['', '', '', '\ufffd']);
  });
});

it('a templated tokenizer adds its own tokens unless told not to', async () => {
  const tokenizer = await readTokenizer(join(FIXTURES, 'template'));
  const ids = reference.strings.map((text) => tokenizer.encode(text, { addSpecialTokens: false }));
  expect(ids).toEqual(reference.plain);
  expect(ids).not.toEqual(reference.ids.template);
});

it('decoding never tidies spaces, whatever tokenizer_config.json says', () => {
  const read = (name: string): Record<string, unknown> =>
    JSON.parse(readFileSync(join(FIXTURES, 'digits', name), 'utf8')) as Record<string, unknown>;
  const settings = { ...read('tokenizer_config.json'), clean_up_tokenization_spaces: true };
  const tokenizer = createTokenizer({ tokenizer: read('tokenizer.json'), settings });
  const program = "a [ 1 ] , b . c ! n't ?";
  expect(tokenizer.decode(tokenizer.encode(program))).toBe(program);
});

it('a decoder that is not byte-level streams too', () => {
  const pieces = ['<0xF0>', '<0x9F>', '<0x91>', '<0x8D>', '▁a', 'b'];
  const tokenizer = createTokenizer({
    tokenizer: {
      model: { type: 'BPE', vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])), merges: [] },
      decoder: {
        type: 'Sequence',
        decoders: [
          { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
          { type: 'ByteFallback' },
          { type: 'Fuse' },
          { type: 'Strip', content: ' ', start: 1, stop: 0 },
        ],
      },
    },
    settings: {},
  });
  const { push, end } = tokenizer.stream();
  expect([...[4, 0, 1, 2, 3, 4, 5].map(push), end()]).toEqual(['a', '', '', '', '👍', ' a', 'b', '']);
});

describe('ends', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evom-tokenizer-'));
    const tokenizer = readFileSync(join(FIXTURES, 'digits', 'tokenizer.json'));
    await writeFile(join(folder, 'tokenizer.json'), tokenizer);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are those of all files together', async () => {
    await writeFile(join(folder, 'config.json'), '{ "eos_token_id": 0 }');
    await writeFile(join(folder, 'generation_config.json'), '{ "eos_token_id": [5, 0] }');
    await writeFile(join(folder, 'tokenizer_config.json'), '{ "eos_token": { "content": "<|im_end|>" } }');
    const tokenizer = await readTokenizer(folder);
    expect([...tokenizer.eosIds].sort()).toEqual([0, 2, 5]);
    expect(tokenizer.padId).toBe(5);
    expect([...tokenizer.specialIds].sort()).toEqual([0, 1, 2]);
    expect(tokenizer.size).toBe(561);
  });

  it('a cut tokenizer.json and a missing one are named', async () => {
    await writeFile(join(folder, 'tokenizer.json'), '{ "model": {');
    await expect(readTokenizer(folder)).rejects.toMatchObject({
      code: 'bad-json',
      message: expect.stringContaining('tokenizer.json') as string,
    });
    await rm(join(folder, 'tokenizer.json'));
    await expect(readTokenizer(folder)).rejects.toMatchObject({ code: 'no-file' });
    expect(() => createTokenizer({ tokenizer: { model: { type: 'Odd' } }, settings: {} })).toThrow(
      expect.objectContaining({ code: 'bad-tokenizer' }) as Error,
    );
  });
});

/** GPT-2's alphabet for the bytes above 127 that these tests use: those from 161 on stand for themselves. */
function byteToken(byte: number): string {
  if (byte >= 161) return String.fromCodePoint(byte);
  return String.fromCodePoint(byte - 127 + 289);
}
