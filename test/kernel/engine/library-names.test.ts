import { expect, test } from 'vitest';
import { libraryFiles, libraryNames } from '../../../kernel/engine/library-names.ts';
import * as library from '../../../src/index.ts';
import * as types from '../../../src/types.ts';

test('the names read from the page are what the library exports by name', () => {
  const exported = Object.keys(library).filter((name) => !Object.hasOwn(types, name));
  expect([...libraryNames()].sort()).toEqual(exported.sort());
});

test('and all of them come from the files', async () => {
  const modules = await Promise.all(libraryFiles().map((file) => import(file) as Promise<object>));
  const known = new Set<unknown>(modules.flatMap((module) => Object.values(module)));
  for (const name of libraryNames()) expect(known).toContain((library as Record<string, unknown>)[name]);
});
