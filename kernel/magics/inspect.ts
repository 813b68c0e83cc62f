import { findMagics } from './find-magics.ts';
import { helpText } from './help.ts';

/** Help of the magic whose line the cursor is in; null in no magic, and in TypeScript that a magic has. */
export function inspectMagic(code: string, offset: number): string | null {
  const found = findMagics(code).find(({ start, magic, argumentsStart, lineEnd }) => {
    const end = magic?.body === 'statements' ? argumentsStart : lineEnd;
    return start <= offset && offset <= end;
  });
  return found?.magic ? helpText(found.magic) : null;
}
