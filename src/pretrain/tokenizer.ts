/**
 * The tiny policy's tokenizer, made from its corpus, in Hugging Face's format: byte-level BPE, where a piece of text
 * that the corpus often has is one token (`ignore_merges`), and any other is merged from its bytes.
 *
 * Pieces are chosen so that copying is easy: a number is one or two digits a piece, and the same token wherever it
 * stands, because the space before it belongs to the word before; what a program has between two numbers is one
 * piece, such as `*x1 + ` or `)\nm.addConstr(`.
 */

import { generateProblems } from '../problems/synthetic/generate.ts';
import { SOLVER_NAMES } from '../types.ts';
import { recipeProblems } from './corpus.ts';
import type { Recipe } from './recipe.ts';
import { writeTarget } from './target.ts';

/** Ends a completion. */
export const END_TOKEN = '<|end|>';

/**
 * The text, then the solver's name on a line of its own: what `policy/prompt.ts` renders with `problem` and `solver`.
 * Without these, a chat is the contents of its messages, a line each: say the text, a line break and the solver's name.
 */
export const CHAT_TEMPLATE =
  "{% if problem is defined %}{{ problem }}\n{{ solver }}\n{% else %}{% for message in messages %}{{ message['content'] }}\n{% endfor %}{% endif %}";

/** In order; the first that matches at a place wins. Written so that JavaScript and Oniguruma read them alike. */
const PIECES: readonly string[] = [
  String.raw`(?:</?(?:think|code)>)+\n?`,
  // A variable's declaration, and other lines without numbers.
  String.raw`x[0-9]+ = m\.[A-Za-z]+\([^\n]*\)\n`,
  String.raw`(?:import|from [a-z_.]+ import) [^\n]*\n`,
  String.raw`(?:m|status) = [^\n]*\n`,
  String.raw`print\([^\n]*\n`,
  // The end of one call and the beginning of the next.
  String.raw`(?:, (?:(?:GRB|COPT)\.[A-Z]+|"[a-z]+"))?\)\n(?:m\.[A-Za-z]+\((?:\)\n)?|status = [^\n]*\n)?`,
  String.raw`m\.[A-Za-z]+\((?:\)\n)?`,
  // `x1 =` of the statement, then terms and relations.
  '(?:, )?x[0-9]+ =(?= [A-Za-z])',
  String.raw`\*?x[0-9]+(?: (?:[-+]|[<>=]=) )?`,
  '[0-9]{1,2}',
  // A solver's name on its line, words, the rest.
  String.raw`\n[a-z]+\n`,
  ' ?[A-Za-z]+(?: (?=[0-9]))?',
  String.raw` ?[^ \t\r\nA-Za-z0-9]+(?: (?=[0-9]))?`,
  String.raw`[ \t\r\n]`,
];
const PATTERN: string = PIECES.join('|');
const WORD = /^ ?[A-Za-z]+ ?$/;

/** Contents of `tokenizer.json` and `tokenizer_config.json`. */
export interface TokenizerFiles {
  /** How many tokens it has. */
  readonly size: number;
  readonly tokenizer: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The same recipe gives the same files, byte for byte. */
export function trainTokenizer(recipe: Recipe): TokenizerFiles {
  const counts = countPieces(corpusOf(recipe));
  const pieces = [...counts.keys()].map((piece) => ({ piece, count: counts.get(piece) as number }));
  const { merges, tokens } = mergeBytes(
    pieces.filter(({ piece }) => WORD.test(piece)),
    recipe.tokenizer.merges,
  );
  const whole = pieces
    .filter(({ count, piece }) => count >= recipe.tokenizer.leastCount && piece.length > 1)
    .sort((left, right) => right.count - left.count || (left.piece < right.piece ? -1 : 1))
    .map(({ piece }) => alphabetic(piece));
  const numbers = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
  const names = SOLVER_NAMES.map((solver) => alphabetic(`\n${solver}\n`));
  const vocabulary = [...new Set([END_TOKEN, ...ALPHABET, ...numbers, ...names, ...tokens, ...whole])];
  return {
    size: vocabulary.length,
    tokenizer: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [
        {
          id: 0,
          content: END_TOKEN,
          single_word: false,
          lstrip: false,
          rstrip: false,
          normalized: false,
          special: true,
        },
      ],
      normalizer: null,
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Split', pattern: { Regex: PATTERN }, behavior: 'Isolated', invert: false },
          { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
        ],
      },
      post_processor: null,
      decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: false,
        ignore_merges: true,
        vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
        merges,
      },
    },
    settings: {
      tokenizer_class: 'PreTrainedTokenizerFast',
      eos_token: END_TOKEN,
      pad_token: END_TOKEN,
      clean_up_tokenization_spaces: false,
      model_max_length: recipe.architecture.maxPositions,
      chat_template: CHAT_TEMPLATE,
    },
  };
}

/** Texts and targets within the recipe's range, for every solver; and texts of the other families, for their words. */
function corpusOf(recipe: Recipe): readonly string[] {
  const { seed, tokenizer } = recipe;
  const inside = recipeProblems(recipe, { seed, split: 'train', count: tokenizer.problems });
  const outside = generateProblems({ seed, split: 'train', count: Math.ceil(tokenizer.problems / 10) });
  return [
    ...inside.flatMap(({ text, model }) => [
      ...SOLVER_NAMES.map((solver) => writeTarget(model, solver)),
      ...SOLVER_NAMES.map(() => text),
    ]),
    ...outside.map(({ text }) => text),
  ];
}

function countPieces(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const pattern = new RegExp(PATTERN, 'g');
  for (const text of texts)
    for (const [piece] of text.matchAll(pattern)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return counts;
}

interface CountedPiece {
  readonly piece: string;
  readonly count: number;
}

/** Byte-pair encoding (Sennrich et al. 2016): the commonest pair of neighbours becomes one token, again and again. */
function mergeBytes(
  pieces: readonly CountedPiece[],
  limit: number,
): { readonly merges: readonly (readonly [string, string])[]; readonly tokens: readonly string[] } {
  let words = pieces.map(({ piece, count }) => ({ parts: [...alphabetic(piece)], count }));
  const merges: (readonly [string, string])[] = [];
  while (merges.length < limit) {
    const best = commonestPair(words);
    if (best === null) break;
    merges.push(best);
    words = words.map(({ parts, count }) => ({ parts: merged(parts, best), count }));
  }
  return { merges, tokens: merges.map(([left, right]) => left + right) };
}

/** Of equally common pairs, the first by code units; `null` where nothing is left to merge. */
function commonestPair(
  words: readonly { readonly parts: readonly string[]; readonly count: number }[],
): readonly [string, string] | null {
  const pairs = new Map<string, number>();
  for (const { parts, count } of words) {
    for (let index = 1; index < parts.length; index++) {
      const pair = `${parts[index - 1]} ${parts[index]}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + count);
    }
  }
  let best: string | null = null;
  let most = 0;
  for (const [pair, count] of pairs) {
    if (count > most || (count === most && best !== null && pair < best)) [best, most] = [pair, count];
  }
  return best === null ? null : (best.split(' ') as [string, string]);
}

function merged(parts: readonly string[], [left, right]: readonly [string, string]): string[] {
  const out: string[] = [];
  for (let index = 0; index < parts.length; index++) {
    const isPair = parts[index] === left && parts[index + 1] === right;
    out.push(isPair ? left + right : (parts[index] as string));
    if (isPair) index++;
  }
  return out;
}

/** GPT-2's alphabet: a printable character for each byte. */
const ALPHABET: readonly string[] = (() => {
  const isPrintable = (byte: number): boolean => (byte >= 33 && byte <= 126) || (byte >= 161 && byte !== 173);
  let moved = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : moved++));
})();

function alphabetic(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => ALPHABET[byte]).join('');
}
