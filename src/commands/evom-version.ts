import { readFileSync } from 'node:fs';

/** As package.json has it, in a clone and in an installed package. */
export function evomVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}
