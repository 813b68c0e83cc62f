/**
 * A notebook as a plain TypeScript script, with every magic as the call that it stands for. What a cell shows, the script
 * prints. Magics that have a meaning in a notebook alone (`%who`, `%load`) are left as comments.
 *
 * Not covered: what cells call of `jupyter` and `display` themselves; a cell that does not compile is left as it is.
 */

import { EvomError, expected } from '../../src/errors.ts';
import { libraryNames } from '../engine/library-names.ts';
import { joinCells } from './join-cells.ts';
import { rewriteMagics } from './rewrite.ts';

const PREAMBLE = "import { createWorkbench } from 'evom';\n\nconst evom = createWorkbench();";

interface NotebookCell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

/** `library`: names that cells use without importing them. Throws `config/bad-notebook`, and as {@link rewriteMagics} does. */
export function exportScript(notebook: string, library: readonly string[] = libraryNames()): string {
  const cells = readCells(notebook).map(({ cell_type: type, source }) => {
    const text = typeof source === 'string' ? source : source.join('');
    return type === 'code' ? { isCode: true, text: rewriteMagics(text, 'script').code } : { isCode: false, text };
  });
  const { texts, free } = joinCells([PREAMBLE, ...cells.filter(({ isCode }) => isCode).map(({ text }) => text)]);
  const used = library.filter((name) => free.has(name));
  let count = 0;
  const parts = cells.map(({ isCode, text }) => {
    if (!isCode) return text.replace(/^/gm, '// ').replace(/[^\S\n]+$/gm, '');
    count++;
    return `// %% ${count}\n${texts[count]?.trimEnd()}`;
  });
  const imports = used.length === 0 ? [] : [`import { ${used.join(', ')} } from 'evom';`];
  return `${[...imports, texts[0], ...parts, 'await evom.close();'].join('\n\n')}\n`;
}

function readCells(notebook: string): readonly NotebookCell[] {
  const refuse = (what: string, got: unknown): never => {
    const next = 'Give a notebook (.ipynb, format 4) of this kernel.';
    throw new EvomError('config', 'bad-notebook', expected('notebook', what, got, next));
  };
  let content: {
    readonly cells?: unknown;
    readonly metadata?: { readonly kernelspec?: { readonly language?: string } };
  };
  try {
    content = JSON.parse(notebook) ?? {};
  } catch {
    return refuse('JSON', notebook);
  }
  const language = content.metadata?.kernelspec?.language ?? 'typescript';
  if (language !== 'typescript') return refuse('in TypeScript', language);
  return Array.isArray(content.cells) ? content.cells : refuse('with a list `cells`', content.cells ?? null);
}
