/** The file of MIME types imports nothing, so that its words are written out; here they are held against the library's. */

import { readFileSync } from 'node:fs';
import { expect, expectTypeOf, test } from 'vitest';
import type {
  AnswerValue,
  EvomMimeTypes,
  OutcomeWord,
  SolverWord,
  StatusWord,
  VerdictWord,
} from '../../../kernel/spec/mime.ts';
import type { Answer, Outcome, SolverName, SolveStatus, Verdict } from '../../../src/types.ts';

test('its words are the library’s', () => {
  expectTypeOf<SolverWord>().toEqualTypeOf<SolverName>();
  expectTypeOf<OutcomeWord>().toEqualTypeOf<Outcome>();
  expectTypeOf<VerdictWord>().toEqualTypeOf<Verdict>();
  expectTypeOf<StatusWord>().toEqualTypeOf<SolveStatus>();
  expectTypeOf<AnswerValue>().toEqualTypeOf<Answer>();
});

test('it imports nothing, and names six types of version 1', () => {
  const text = readFileSync(new URL('../../../kernel/spec/mime.ts', import.meta.url), 'utf8');
  expect(text).not.toMatch(/^import /m);
  expectTypeOf<keyof EvomMimeTypes>().toExtend<`application/vnd.evom.${string}.v1+json`>();
  expect(text.match(/application\/vnd\.evom\.\w+\.v1\+json': /g)).toHaveLength(6);
});
