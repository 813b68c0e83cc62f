/** Tests in a real JupyterLab in a real browser: one of each for all tests of a `describe`. */

import { afterAll, beforeAll, describe } from 'vitest';
import { testFolder } from '../e2e/cli.ts';
import { browserMissing } from './find-browser.ts';
import { type LabSession, type LabSessionOptions, startLabSession } from './lab-session.ts';

export interface LabTestOptions extends LabSessionOptions {
  /** Why these tests in particular are skipped; null where they are not. */
  readonly missing?: string | null;
}

const START_MS = 240_000;

/** `define` has the tests, in which `lab()` is there. */
export function describeInLab(
  title: string,
  { missing = null, ...options }: LabTestOptions,
  define: (lab: () => LabSession) => void,
): void {
  const reason = browserMissing() ?? missing;
  describe.skipIf(reason !== null)(reason === null ? title : `${title}: ${reason}`, () => {
    const root = testFolder();
    let session: LabSession | undefined;

    beforeAll(async () => {
      session = await startLabSession(root, options);
    }, START_MS);

    afterAll(() => session?.stop());

    define(() => session as LabSession);
  });
}
