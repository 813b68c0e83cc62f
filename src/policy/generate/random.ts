/**
 * The random numbers of generation: pure functions of what is drawn, never of when or beside what. A sample's key is a
 * hash of (seed, step, problem, solver, sample); its numbers are Threefry-2x32 with 20 rounds at (position, 0).
 *
 * Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), and Random123's known answers.
 * Not for secrets.
 */

import { createHash } from 'node:crypto';

/** Two unsigned 32-bit words. */
export type Words = readonly [first: number, second: number];

/** What a completion's random numbers depend on, and nothing else. */
export interface SampleIdentity {
  readonly seed: number;
  readonly step: number;
  readonly problem: string;
  readonly solver: string;
  /** 0-based, within its group. */
  readonly sample: number;
}

export function sampleKey({ seed, step, problem, solver, sample }: SampleIdentity): Words {
  const hash = createHash('sha256')
    .update(JSON.stringify([seed, step, problem, solver, sample]))
    .digest();
  return [hash.readUInt32LE(0), hash.readUInt32LE(4)];
}

/** Uniform in [0, 1): a multiple of 2⁻²³, so that it is exact in float32 and times any total stays below the total. */
export function uniformAt(key: Words, position: number): number {
  return (threefry(key, [position, 0])[0] >>> 9) / 2 ** 23;
}

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24];
const PARITY = 0x1bd11bda;

/** Threefry-2x32-20. */
export function threefry(key: Words, counter: Words): Words {
  const keys = [key[0], key[1], PARITY ^ key[0] ^ key[1]] as const;
  let first = (counter[0] + keys[0]) | 0;
  let second = (counter[1] + keys[1]) | 0;
  for (let round = 0; round < 20; round++) {
    const rotation = ROTATIONS[round % 8] as number;
    first = (first + second) | 0;
    second = ((second << rotation) | (second >>> (32 - rotation))) ^ first;
    if (round % 4 !== 3) continue;
    const injection = (round + 1) / 4;
    first = (first + (keys[injection % 3] as number)) | 0;
    second = (second + (keys[(injection + 1) % 3] as number) + injection) | 0;
  }
  return [first >>> 0, second >>> 0];
}
