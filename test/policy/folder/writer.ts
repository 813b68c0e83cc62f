/** A child process for `publish-folder.test.ts`: replaces a folder again and again until it is killed, naming each one. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishFolder } from '../../../src/policy/folder/publish-folder.ts';

for (let index = Number(process.argv[3]); ; index++) {
  await publishFolder(process.argv[2]!, { marker: 'a', isReplaced: true }, async (temporary) => {
    const text = String(index).padStart(8, '0').repeat(20_000);
    for (const name of ['a', 'b', 'c']) await writeFile(join(temporary, name), text);
  });
  process.stdout.write(`${index}\n`);
}
