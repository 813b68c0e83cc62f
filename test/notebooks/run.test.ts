/** Walkthroughs run from top to bottom, as their reader does it. What they show depends on the machine, and is not compared. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { shell } from '../e2e/cli.ts';

test.each(['00-first-minute', '03-one-grpo-step-by-hand'])(
  '%s runs without an error',
  async (name) => {
    const { stdout } = await shell(
      `'${process.execPath}' '${join(PACKAGE_ROOT, 'binder/notebooks.mjs')}' --check ${name}`,
    );
    expect(stdout).toMatch(new RegExp(`^${name}: (ok|DIFFERS)`));
  },
  240_000,
);

test('a name that is none is said, with those that there are', async () => {
  const { code, stderr } = await shell(`'${process.execPath}' '${join(PACKAGE_ROOT, 'binder/notebooks.mjs')}' 99`);
  expect(code).toBe(2);
  expect(stderr).toContain('got `99`. There are: 00-first-minute');
});
