/**
 * Python's words by their kind, for colours. It reads any text and loses no character. Not covered: what stands between the
 * braces of an f-string is string, and soft keywords (`match`, `case`, `type`) are names.
 */

export type TokenKind = 'keyword' | 'string' | 'comment' | 'number' | 'call' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** A string that is not closed ends with its line; one of three quotes with the text. */
const STRING = [
  `"""(?:[^\\\\"]|\\\\[\\s\\S]|"(?!""))*(?:"""|$)`,
  `'''(?:[^\\\\']|\\\\[\\s\\S]|'(?!''))*(?:'''|$)`,
  `"(?:[^\\\\"\\n]|\\\\[\\s\\S])*"?`,
  `'(?:[^\\\\'\\n]|\\\\[\\s\\S])*'?`,
].join('|');

const TOKEN = new RegExp(
  [
    '(?<comment>#[^\\n]*)',
    `(?<string>(?:[rbfu]|br|rb|fr|rf)?(?:${STRING}))`,
    '(?<number>(?:0[xob][\\da-f_]+|(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:e[+-]?\\d[\\d_]*)?j?))',
    '(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)',
    '(?<other>[^\\p{L}\\p{N}_#"\'.]+|[\\s\\S])',
  ].join('|'),
  'giu',
);

/** By line, without the line breaks. */
export function tokenizePython(source: string): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]];
  for (const match of source.matchAll(TOKEN)) {
    const kind = kindOf(match, source);
    match[0].split('\n').forEach((text, index) => {
      if (index > 0) lines.push([]);
      if (text !== '') append(lines[lines.length - 1] as Token[], { kind, text });
    });
  }
  return lines;
}

function kindOf({ 0: text, index, groups }: RegExpExecArray, source: string): TokenKind {
  for (const kind of ['comment', 'string', 'number'] as const) if (groups?.[kind] !== undefined) return kind;
  if (groups?.['word'] === undefined) return 'plain';
  if (KEYWORDS.has(text)) return 'keyword';
  return source[index + text.length] === '(' ? 'call' : 'plain';
}

/** Neighbours of one kind are one token: fewer elements to draw. */
function append(line: Token[], token: Token): void {
  const last = line.at(-1);
  if (last?.kind === token.kind) line[line.length - 1] = { kind: token.kind, text: last.text + token.text };
  else line.push(token);
}
