/**
 * A language that knows magics too: they complete and explain themselves, and TypeScript does not see them.
 *
 * They are half of all that a kernel loads, so they come after it has said that it is ready, or once somebody asks.
 */

import type { Completeness, Language } from './engine/engine.ts';

/** A front end has its first answer by then, and nobody has typed. */
const LOAD_AFTER_MS = 150;

export function withMagics(language: Language): Language {
  setTimeout(() => void import('./magics/rewrite.ts'), LOAD_AFTER_MS).unref();
  return {
    check: (code) => language.check(code),
    setStrict: (isStrict) => language.setStrict(isStrict),
    close: () => language.close(),
    async complete(code, offset) {
      const { completeMagic } = await import('./magics/complete.ts');
      return completeMagic(code, offset) ?? language.complete(await masked(code), offset);
    },
    async inspect(code, offset, detail) {
      const { inspectMagic } = await import('./magics/inspect.ts');
      const help = inspectMagic(code, offset);
      if (help !== null) return { data: { 'text/plain': help }, metadata: {} };
      return language.inspect(await masked(code), offset, detail);
    },
    async isComplete(code): Promise<Completeness> {
      // A console sends a whole cell's magic once a blank line ends it.
      if (/^\s*%%/.test(code))
        return code.endsWith('\n') ? { status: 'complete' } : { status: 'incomplete', indent: '' };
      return language.isComplete(await masked(code));
    },
  };
}

async function masked(code: string): Promise<string> {
  const { maskMagics } = await import('./magics/mask.ts');
  return maskMagics(code);
}
