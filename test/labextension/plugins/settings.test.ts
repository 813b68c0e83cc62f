import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, readSettings } from '../../../labextension/src/plugins/read-settings.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../labextension/schema/settings.json', import.meta.url), 'utf8'),
) as { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };

test('the schema has the same defaults', () => {
  const defaults = Object.entries(schema.properties).map(([name, { default: value }]) => [name, value]);
  expect(Object.fromEntries(defaults)).toEqual(DEFAULT_SETTINGS);
  expect(readSettings({})).toEqual(DEFAULT_SETTINGS);
});

test('what cannot be is the default', () => {
  expect(readSettings({ updatesPerSecond: 99, solver: 'toString', rows: 'many' })).toEqual(DEFAULT_SETTINGS);
  expect(readSettings({ updatesPerSecond: 2, solver: 'scip', rows: 20.5 })).toEqual({
    ...{ updatesPerSecond: 2, solver: 'scip', rows: 20 },
  });
});
