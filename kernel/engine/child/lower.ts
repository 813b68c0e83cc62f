/** Decorators, which neither Node's type stripping nor V8 knows, by tslab's TypeScript; loaded when a cell has the first. */

import { createRequire } from 'node:module';
import type { Lower } from '../parse-cell.ts';

interface Compiler {
  transpileModule(
    source: string,
    options: { readonly compilerOptions: object },
  ): { readonly outputText: string; readonly sourceMapText: string };
}

export const lowerByTypeScript: Lower = (source) => {
  const compiler = createRequire(import.meta.url)('@tslab/typescript-for-tslab') as Compiler & {
    readonly ScriptTarget: { readonly ES2022: number };
    readonly ModuleKind: { readonly ESNext: number };
  };
  const { outputText, sourceMapText } = compiler.transpileModule(source, {
    compilerOptions: {
      target: compiler.ScriptTarget.ES2022,
      module: compiler.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      sourceMap: true,
    },
  });
  return { code: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ''), map: sourceMapText };
};
