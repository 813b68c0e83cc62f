/** An interrupted cell returns in time, whatever it is in the middle of: a few of each kind, of which the benchmark does many. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from './cli.ts';
import { INTERRUPT_KINDS } from './interrupts/kinds.ts';
import { repeatInterrupt } from './interrupts/repeat.ts';

const root = testFolder();
/** Each costs an engine, and five seconds. */
const REPLACEMENTS = 1;
const REPEATS = 3;

test.each(INTERRUPT_KINDS)('$name', async (kind) => {
  const folder = join(root, kind.name.replace(/\W+/g, '-'));
  mkdirSync(folder);
  const isKept = kind.ends === 'KeyboardInterrupt';
  const repeats = isKept ? REPEATS : REPLACEMENTS;
  const { interruptions, orphans } = await repeatInterrupt(folder, kind, repeats);
  expect(interruptions.map(({ ms: _, ...rest }) => rest)).toEqual(
    Array.from({ length: repeats }, () => ({ ended: kind.ends, isKept, left: [] })),
  );
  expect(Math.max(...interruptions.map(({ ms }) => ms))).toBeLessThan(kind.limit);
  expect(orphans).toEqual([]);
});
