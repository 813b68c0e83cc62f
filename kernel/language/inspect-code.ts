import type ts from '@tslab/typescript-for-tslab';
import type { Display } from '../engine/engine.ts';
import { readCell } from './read-cell.ts';
import { PREFIX, type Tslab, type TypeScript } from './tslab.ts';

export interface InspectOptions {
  readonly declarations: string;
  readonly code: string;
  readonly offset: number;
  /** 1: with its tags, as `@param`. */
  readonly detail: 0 | 1;
}

/** What is said of a name that nobody declared. */
const UNKNOWN = 'any';

/** Of the name at the cursor, else of the name before it, else of what is called around it. */
export function inspectCode(
  { ts, inspect }: Tslab,
  { declarations, code, offset, detail }: InspectOptions,
): Display | null {
  const { file } = readCell(ts, code);
  for (const place of [offset, offset - 1, calleeAt(ts, file, offset)]) {
    const info = place === null || place < 0 ? undefined : inspect(declarations, code, place);
    if (info && textOf(info.displayParts) !== UNKNOWN) return show(info, detail);
  }
  return null;
}

function calleeAt(ts: TypeScript, file: ts.SourceFile, offset: number): number | null {
  const position = offset + PREFIX.length;
  let callee: number | null = null;
  const visit = (node: ts.Node): void => {
    if (node.pos > position || node.end < position) return;
    const isCall = (ts.isCallExpression(node) || ts.isNewExpression(node)) && node.expression.end < position;
    if (isCall) callee = node.expression.end - 1 - PREFIX.length;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return callee;
}

function show({ displayParts, documentation, tags }: ts.QuickInfo, detail: 0 | 1): Display {
  const signature = textOf(displayParts);
  const prose = [textOf(documentation), ...(detail === 1 ? (tags ?? []).map(lineOf) : [])].filter(Boolean);
  return {
    data: {
      'text/plain': [signature, ...prose].join('\n\n'),
      'text/markdown': [`\`\`\`typescript\n${signature}\n\`\`\``, ...prose].join('\n\n'),
    },
    metadata: {},
  };
}

function lineOf({ name, text }: ts.JSDocTagInfo): string {
  return `@${name} ${textOf(text)}`.trim();
}

function textOf(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return (parts ?? []).map(({ text }) => text).join('');
}
