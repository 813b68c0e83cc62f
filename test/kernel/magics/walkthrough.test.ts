import { expect, test } from 'vitest';
import { rewriteMagics } from '../../../kernel/magics/rewrite.ts';
import { walkthroughNotebook } from '../../../labextension/src/plugins/walkthrough-notebook.ts';

test('every cell of the walkthrough of the Lab extension is what the kernel understands', () => {
  const { cells } = walkthroughNotebook('evom', 'scip') as {
    readonly cells: readonly { readonly cell_type: string; readonly source: string }[];
  };
  const code = cells.filter(({ cell_type: type }) => type === 'code').map(({ source }) => source);
  expect(code.length).toBeGreaterThan(5);
  for (const source of code) expect(rewriteMagics(source).code).toContain('await evom.');
});
