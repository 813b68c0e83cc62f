/** What the worker does: tslab's program, and what the cells so far declared. */

import type { Completeness, Completions, Diagnostic, Display } from '../engine/engine.ts';
import { checkCell } from './check-cell.ts';
import { completeCode } from './complete-code.ts';
import { completenessOf } from './completeness.ts';
import { addDeclarations, type Declaration } from './declarations.ts';
import { inspectCode } from './inspect-code.ts';
import { toOlderSyntax } from './older-syntax.ts';
import { loadTslab, type TslabOptions } from './tslab.ts';

/** What outlives a worker. */
export interface Memory {
  readonly isStrict: boolean;
  readonly declared: readonly Declaration[];
}

export interface ServiceOptions extends TslabOptions {
  readonly memory: Memory;
}

export interface Service {
  complete(code: string, offset: number): Completions;
  inspect(code: string, offset: number, detail: 0 | 1): Display | null;
  isComplete(code: string): Completeness;
  check(code: string): readonly Diagnostic[];
  setStrict(isStrict: boolean): void;
  readonly memory: Memory;
}

export function createService({ folder, ambient, memory }: ServiceOptions): Service {
  const tslab = loadTslab({ folder, ambient });
  const read = (code: string): string => toOlderSyntax(tslab.ts, code);
  let { isStrict, declared } = memory;
  let declarations = '';
  tslab.setStrict(isStrict);
  remember(declared);

  /** The empty line makes another text of it, as the program is made again only where a text has changed. */
  function remember(next: readonly Declaration[]): void {
    declared = next;
    declarations = declared.map(({ text }) => `${text}\n`).join('') + (isStrict ? '' : '\n');
  }

  return {
    complete: (code, offset) => completeCode(tslab, { folder, declarations, code: read(code), offset }),
    inspect: (code, offset, detail) => inspectCode(tslab, { declarations, code: read(code), offset, detail }),
    isComplete: (code) => completenessOf(tslab.ts, read(code)),
    check(code) {
      const checked = checkCell(tslab, declarations, read(code));
      remember(addDeclarations(declared, checked.declared));
      return checked.diagnostics;
    },
    setStrict(next) {
      isStrict = next;
      tslab.setStrict(next);
      remember(declared);
    },
    get memory() {
      return { isStrict, declared };
    },
  };
}
