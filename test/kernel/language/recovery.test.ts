import { tmpdir } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { createLanguage, type KernelLanguage } from '../../../kernel/language/language.ts';

let language: KernelLanguage;
afterEach(() => language.close());

/** Deeper than the parser's stack. */
const DEADLY = '('.repeat(100_000);
const LONG = 60_000;

test('a crash answers everyone with nothing, and what cells declared is known afterwards', {
  timeout: LONG,
}, async () => {
  language = createLanguage({ folder: tmpdir(), ambient: 'declare const around: number;' });
  await language.check('const kept = 1; function loose(x: number) { return x }');
  await language.setStrict(false);
  expect(
    await Promise.all([
      language.check(DEADLY),
      language.check('const lost = 1'),
      language.complete('kept.', 5),
      language.inspect('kept', 1, 0),
      language.isComplete('1'),
    ]),
  ).toEqual([[], [], { start: 5, end: 5, items: [] }, null, { status: 'unknown' }]);
  expect(await language.check('kept.toFixed(around); loose(1); function still(x) { return x }')).toEqual([]);
  expect(await language.check('kept.nothing')).toMatchObject([{ code: 2339 }]);
});

test('crashes one after another are survived', { timeout: LONG }, async () => {
  language = createLanguage({ folder: tmpdir(), ambient: '' });
  for (let time = 0; time < 2; time++) expect(await language.isComplete(DEADLY)).toEqual({ status: 'unknown' });
  expect(await language.check('1 + nowhere')).toMatchObject([{ code: 2304 }]);
});

test('an answer that takes too long is given up', async () => {
  language = createLanguage({ folder: tmpdir(), ambient: '', limit: 5 });
  expect(await language.complete('cons', 4)).toEqual({ start: 4, end: 4, items: [] });
});

test('the caller is not held up by the start', async () => {
  const start = performance.now();
  language = createLanguage({ folder: tmpdir(), ambient: '' });
  const checked = language.check('1 + 1');
  expect(performance.now() - start).toBeLessThan(500);
  expect(await checked).toEqual([]);
});

test('a closed language answers with nothing, those who wait too', async () => {
  language = createLanguage({ folder: tmpdir(), ambient: '' });
  const waiting = language.check('nowhere');
  await language.close();
  expect(await waiting).toEqual([]);
  expect(await language.complete('cons', 4)).toEqual({ start: 4, end: 4, items: [] });
});
