/** A language that knows magics too: they complete and explain themselves, and TypeScript does not see them. */

import type { Completeness, Language } from './engine/engine.ts';
import { completeMagic } from './magics/complete.ts';
import { inspectMagic } from './magics/inspect.ts';
import { maskMagics } from './magics/mask.ts';

export function withMagics(language: Language): Language {
  return {
    check: (code) => language.check(code),
    setStrict: (isStrict) => language.setStrict(isStrict),
    close: () => language.close(),
    async complete(code, offset) {
      return completeMagic(code, offset) ?? language.complete(maskMagics(code), offset);
    },
    async inspect(code, offset, detail) {
      const help = inspectMagic(code, offset);
      if (help !== null) return { data: { 'text/plain': help }, metadata: {} };
      return language.inspect(maskMagics(code), offset, detail);
    },
    async isComplete(code): Promise<Completeness> {
      // A console sends a whole cell's magic once a blank line ends it.
      if (/^\s*%%/.test(code))
        return code.endsWith('\n') ? { status: 'complete' } : { status: 'incomplete', indent: '' };
      return language.isComplete(maskMagics(code));
    },
  };
}
