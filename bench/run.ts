/** `npm run bench -- <name> [options]`: runs `bench/<name>.ts` with the options that follow. */

import { readdirSync } from 'node:fs';

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();
const name = process.argv[2];

if (name !== undefined && names.includes(name)) {
  process.argv.splice(1, 2, new URL(`${name}.ts`, import.meta.url).pathname);
  await import(`./${name}.ts`);
} else {
  console.error(`Expected a benchmark's name, got ${name === undefined ? 'none' : `\`${name}\``}.`);
  console.error(`Usage: npm run bench -- <${names.join(' | ') || 'none yet'}> [options]`);
  process.exitCode = 2;
}
