import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { readRows } from '../../src/problems/read-rows.ts';
import { makeFile, makeFolder } from './folder.ts';

const LINE = '{"text":"Zwei Öfen, 3 €","answer":1}\r\n';

describe('readRows', () => {
  test.each([
    ['a byte order mark', Buffer.from(`\ufeff${LINE}`)],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${LINE}`, 'utf16le')],
    ['neither', Buffer.from(LINE)],
  ])('reads the same row with %s', async (_, bytes) => {
    const { rows } = await readRows(await makeFile('set.jsonl', bytes));
    expect(rows).toStrictEqual([{ row: 1, value: { text: 'Zwei Öfen, 3 €', answer: 1 } }]);
  });

  test('a file named .json may hold JSONL, and one named .jsonl an array', async () => {
    expect((await readRows(await makeFile('a.json', '{"a":1}\n{"a":2}\n'))).rows).toHaveLength(2);
    expect((await readRows(await makeFile('a.jsonl', '[{"a":1},{"a":2}]'))).rows).toHaveLength(2);
  });

  test('reads Parquet, with characters in its path that a glob would take for its own', async () => {
    const path = join(await makeFolder(), "a[1] *'?.parquet");
    await writeParquet(
      path,
      "SELECT 1 AS id, 'q' AS text, 2.5::DOUBLE AS answer UNION ALL SELECT 2, NULL, 'nan'::DOUBLE",
    );
    const { rows } = await readRows(path);
    expect(rows).toStrictEqual([
      { row: 1, value: { id: 1, text: 'q', answer: 2.5 } },
      { row: 2, value: { id: 2, text: null, answer: Number.NaN } },
    ]);
  });

  test.each(['empty.jsonl', 'empty.json', 'empty.csv', 'empty.parquet'])('%s has no rows', async (name) => {
    expect(await readRows(await makeFile(name, ''))).toStrictEqual({ rows: [], issues: [] });
  });

  test('a missing file, a folder and a broken Parquet file are errors that name them', async () => {
    const folder = await makeFolder();
    await expect(readRows(join(folder, 'none.jsonl'))).rejects.toMatchObject({
      name: 'EvomError',
      boundary: 'problem',
      code: 'missing-file',
      message: expect.stringContaining('none.jsonl'),
    });
    await expect(readRows(folder)).rejects.toMatchObject({ code: 'unreadable-file' });
    await expect(readRows(await makeFile('a.parquet', 'text'))).rejects.toMatchObject({ code: 'unreadable-file' });
    await expect(readRows(await makeFile('b.parquet', 'PAR1 and no more'))).rejects.toMatchObject({
      code: 'unreadable-file',
    });
  });
});

async function writeParquet(path: string, query: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}
