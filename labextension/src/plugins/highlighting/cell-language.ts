/** EVOM's cells as a language of CodeMirror: magics by a parser of ours, bodies and the rest by those of their languages. */

import { defineLanguageFacet, Language, languageDataProp } from '@codemirror/language';
import { type Input, NodeSet, NodeType, Parser, type PartialParse, parseMixed, Tree } from '@lezer/common';
import { styleTags, tags } from '@lezer/highlight';
import { type PartKind, splitCell } from './split-cell.ts';

/** Parsers of the languages that cells hold. */
export interface InnerParsers {
  readonly typescript: Parser;
  readonly python: Parser;
}

const KINDS: readonly PartKind[] = ['name', 'flag', 'value', 'number', 'python', 'prose', 'typescript'];
const STYLES = styleTags({
  name: tags.keyword,
  flag: tags.propertyName,
  value: tags.string,
  number: tags.number,
});

export function createCellLanguage({ typescript, python }: InnerParsers): Language {
  const data = defineLanguageFacet({ commentTokens: { line: '//', block: { open: '/*', close: '*/' } } });
  const top = NodeType.define({ id: 0, name: 'Cell', top: true, props: [[languageDataProp, data]] });
  const nodes = new NodeSet([top, ...KINDS.map((name, index) => NodeType.define({ id: index + 1, name }))]).extend(
    STYLES,
  );
  const wrap = parseMixed((node) => {
    if (node.name === 'python') return { parser: python };
    if (!node.type.isTop) return null;
    const overlay: { readonly from: number; readonly to: number }[] = [];
    for (let child = node.node.firstChild; child !== null; child = child.nextSibling) {
      if (child.name === 'typescript') overlay.push({ from: child.from, to: child.to });
    }
    return overlay.length === 0 ? null : { parser: typescript, overlay };
  });

  class CellParser extends Parser {
    createParse(...[input, fragments, ranges]: Parameters<Parser['createParse']>): PartialParse {
      return wrap(parseOuter(input, nodes), input, fragments, ranges);
    }
  }
  return new Language(data, new CellParser(), [], 'evom');
}

/** At one go: a cell is small. */
function parseOuter(input: Input, nodes: NodeSet): PartialParse {
  let stoppedAt: number | null = null;
  return {
    parsedPos: 0,
    get stoppedAt() {
      return stoppedAt;
    },
    stopAt(position) {
      stoppedAt = position;
    },
    advance() {
      const { length } = input;
      const parts = splitCell(input.read(0, length));
      const typeOf = (kind: PartKind): NodeType => nodes.types[KINDS.indexOf(kind) + 1] as NodeType;
      const children = parts.map(({ kind, from, to }) => new Tree(typeOf(kind), [], [], to - from));
      const [top] = nodes.types as [NodeType];
      return new Tree(
        top,
        children,
        parts.map(({ from }) => from),
        length,
      );
    },
  };
}
