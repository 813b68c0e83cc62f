/**
 * Walks over TypeScript to the lines that are magics. `%` is also an operator, and a line that begins with it may lie in a
 * text or a comment, so that lines alone cannot tell.
 *
 * A `%name` that is first on its line is a magic where a statement may begin; after the end of an expression, where it may
 * also be a remainder, only if the name is a magic's: `total\n% parts` and `total\n%parts` stay what they are.
 *
 * Not covered: JSX; a remainder by a variable that is named as a magic is, written as above without a space.
 */

export interface ScannedMagic {
  /** Of its first `%`. */
  readonly start: number;
  /** The line's end, without its line break. */
  readonly end: number;
}

export interface Scan {
  readonly magics: readonly ScannedMagic[];
  /** Where the last token that is no comment ends, a magic's line among them. */
  readonly end: number;
}

/** What the token before is: nothing or `;`, the end of a block or an object, of an expression, or what needs more. */
type Before = 'start' | 'brace' | 'value' | 'operator';

const SPACE = /[^\S\n]+/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const MAGIC = /%%?([A-Za-z][\w-]*)(?=[\s;?]|$)[^\n]*/y;
const STRING = /'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?/y;
const REGULAR_EXPRESSION = /\/(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n])*\]|[^/\\\n[])+\/\w*/y;
const TEMPLATE_PART = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:`|\$\{|$)/y;
const WORD = /[\p{ID_Continue}$#@\u200c\u200d]+/uy;
/** After these an expression comes, and none has ended. */
const OPERATOR_WORDS: ReadonlySet<string> = new Set(
  'return typeof case in of instanceof new delete void throw await yield do else extends as satisfies'.split(' '),
);

/** `from`: where to begin; `isKnown`: whether a magic has this name. */
export function scan(code: string, from: number, isKnown: (name: string) => boolean): Scan {
  const magics: ScannedMagic[] = [];
  const openers: string[] = [];
  let before: Before = 'start';
  let isFirst = true; // on its line
  let at = from;
  let end = from;

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const [text = null] = pattern.exec(code) ?? [];
    if (text !== null) at += text.length;
    return text;
  };
  const takeMagic = (): boolean => {
    const opener = openers.at(-1);
    if (!isFirst || code[at] !== '%' || (opener !== undefined && opener !== '{')) return false;
    MAGIC.lastIndex = at;
    const [line = null, name = ''] = MAGIC.exec(code) ?? [];
    const mayBegin = before === 'start' || before === 'brace' || line?.startsWith('%%');
    if (line === null || before === 'operator' || !(mayBegin || isKnown(name))) return false;
    magics.push({ start: at, end: at + line.length });
    at += line.length;
    before = 'start';
    return true;
  };
  const takeTemplate = (): void => {
    const part = take(TEMPLATE_PART);
    if (part?.endsWith('${')) openers.push('${');
    before = part?.endsWith('${') ? 'operator' : 'value';
  };
  const takeClosing = (): void => {
    const opener = openers.pop();
    const bracket = code[at++];
    if (bracket === '}' && opener === '${') takeTemplate();
    else before = bracket === '}' ? 'brace' : opener === 'if (' ? 'operator' : 'value';
  };
  const takeSign = (word: string): void => {
    const sign = code[at++] as string;
    const isDoubled = (sign === '+' || sign === '-') && code[at] === sign;
    if (isDoubled) at++;
    if (sign === '(' || sign === '[' || sign === '{') {
      openers.push(sign === '(' && /^(?:if|while|for|with)$/.test(word) ? 'if (' : sign);
      before = sign === '{' ? 'start' : 'operator';
    } else if (sign === ';') before = 'start';
    else if (isDoubled || (sign === '!' && before === 'value' && code[at] !== '='))
      return; // `x++` and `x!` end as `x` does
    else if (sign === '>')
      before = code[at - 2] === '=' ? 'operator' : 'value'; // `Map<string, number>` may end a statement
    else before = sign === '.' && code[at - 2] !== '.' ? 'value' : 'operator'; // `x.` is being typed
  };

  let word = '';
  while (at < code.length) {
    if (code[at] === '\n') {
      at++;
      isFirst = true;
      continue;
    }
    if (take(SPACE) !== null || take(COMMENT) !== null) continue;
    const previousWord = word;
    word = '';
    if (takeMagic()) {
      end = at;
      continue;
    }
    isFirst = false;
    if (/[)\]}]/.test(code[at] as string)) takeClosing();
    else if (code[at] === '`') {
      at++;
      takeTemplate();
    } else if (take(STRING) !== null || (before !== 'value' && take(REGULAR_EXPRESSION) !== null)) before = 'value';
    else {
      word = take(WORD) ?? '';
      if (word === '') takeSign(previousWord);
      else before = OPERATOR_WORDS.has(word) && code[at - word.length - 1] !== '.' ? 'operator' : 'value';
    }
    end = at;
  }
  return { magics, end };
}
