/** The folders that transformers wrote, and what torch says of them; see `fixtures/make-folders.py`. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parameter, TransformerConfig } from '../../../src/graph/transformer/parameters.ts';

export const FOLDERS = ['smollm', 'llama3', 'qwen'] as const;
export type FolderName = (typeof FOLDERS)[number];

interface Expected {
  /** SHA-256 of each parameter's float32 bytes. */
  readonly folders: Readonly<Record<FolderName, Readonly<Record<string, string>>>>;
  /** The same values' bits in three formats. */
  readonly rounding: Readonly<Record<'float32' | 'bfloat16' | 'float16', readonly number[]>>;
}

const FIXTURES = join(import.meta.dirname, 'fixtures');

export const expectedOf: Expected = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8')) as Expected;

export function fixtureFolder(name: FolderName): string {
  return join(FIXTURES, name);
}

/** SHA-256 of each parameter's bytes in a flat vector. */
export function digestsOf(parameters: readonly Parameter[], vector: Float32Array): Readonly<Record<string, string>> {
  const digest = ({ offset, size }: Parameter): string => {
    const { buffer, byteOffset, byteLength } = vector.subarray(offset, offset + size);
    return createHash('sha256')
      .update(new Uint8Array(buffer, byteOffset, byteLength))
      .digest('hex');
  };
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, digest(parameter)]));
}

/** The shape that all fixtures share. */
export const SHAPE: Omit<TransformerConfig, 'ropeTheta' | 'normEpsilon' | 'isHeadTied' | 'hasQkvBias' | 'ropeScaling'> =
  {
    vocabularySize: 97,
    hiddenSize: 16,
    layers: 2,
    heads: 4,
    keyValueHeads: 2,
    headSize: 4,
    intermediateSize: 24,
    maxPositions: 256,
  };
