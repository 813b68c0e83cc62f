/**
 * A phrase is a sentence with slots that can be written from values and read back into them. Slots:
 *
 * | slot | writes | value |
 * |---|---|---|
 * | `{limit:int}` | `12` | number |
 * | `{pay:dollar}` | `1 dollar`, `12 dollars` (any unit noun) | number |
 * | `{item:one}` `{item:many}` `{item:a}` | `chair`, `chairs`, `a chair` | singular noun |
 * | `{food:mass}` | `rice` | word |
 * | `{town:name}` | `Leeds` | proper name |
 * | `{amount item}` | `1 chair`, `3 chairs` | number and singular noun |
 * | `{amount of resource}` | `3 hours of labor` | number and resource |
 * | `{uses*<amount of resource>}` | `3 hours of labor and 2 kg of flour` | list of values |
 * | `{?business}` | any word of that list | none: it carries no data |
 *
 * What it does not cover: that the English means what the model says. A phrase for "at most" used as "at least"
 * reads back faithfully; the tests look for that with key words of their own.
 */

import { type Key, pick } from '../../random.ts';
import { counted, enumerated, FLAVOURS, plural, singular, unitOf, withArticle } from './lexicon.ts';

export type Value = number | string | readonly Values[];
export interface Values {
  readonly [name: string]: Value;
}

export interface Phrase {
  /** Names of the values it tells, sorted; a list's inner names as `uses.amount`. */
  readonly tells: readonly string[];
  /** The sentence, capitalised. `flavour` picks the words that carry no data; one word per list and key. */
  write(values: Values, flavour: Key): string;
  /** The values of a sentence; `null` where it is not this phrase. */
  read(sentence: string): Values | null;
}

interface Slot {
  readonly tells: readonly string[];
  /** Source of a regular expression with `captures` groups. */
  readonly pattern: string;
  readonly captures: number;
  write(values: Values, flavour: Key): string;
  read(captured: readonly string[]): Values | null;
}

const phrases = new Map<string, Phrase>();

/** Compiles a template; the same template gives the same phrase. */
export function phraseOf(template: string): Phrase {
  const known = phrases.get(template);
  if (known) return known;
  const phrase = compile(template, /\{([^}]+)\}/, true);
  phrases.set(template, phrase);
  return phrase;
}

function compile(template: string, marker: RegExp, isSentence: boolean): Phrase {
  const parts = template.split(marker);
  const slots = parts.filter((_, index) => index % 2 === 1).map(slotOf);
  const source = parts.map((part, index) =>
    index % 2 === 1 ? (slots[(index - 1) / 2] as Slot).pattern : literal(part, isSentence && index === 0),
  );
  const expression = new RegExp(`^${source.join('')}$`);
  return {
    tells: slots.flatMap((slot) => slot.tells).sort(),
    write(values, flavour) {
      const written = parts.map((part, index) =>
        index % 2 === 1 ? (slots[(index - 1) / 2] as Slot).write(values, flavour) : part,
      );
      return isSentence ? capitalised(written.join('')) : written.join('');
    },
    read(sentence) {
      const match = expression.exec(sentence);
      if (!match) return null;
      const values: Record<string, Value> = {};
      let next = 1;
      for (const slot of slots) {
        const read = slot.read(match.slice(next, next + slot.captures));
        if (!read) return null;
        Object.assign(values, read);
        next += slot.captures;
      }
      return values;
    },
  };
}

function literal(text: string, isFirst: boolean): string {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return isFirst && /^[a-zA-Z]/.test(escaped)
    ? `[${escaped.charAt(0).toUpperCase()}${escaped.charAt(0).toLowerCase()}]${escaped.slice(1)}`
    : escaped;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function slotOf(source: string): Slot {
  if (source.startsWith('?')) return flavourSlot(source.slice(1));
  const list = /^(\w+)\*(.+)$/.exec(source);
  if (list) return listSlot(list[1] as string, list[2] as string);
  const stuff = /^(\w+) of (\w+)$/.exec(source);
  if (stuff) return stuffSlot(stuff[1] as string, stuff[2] as string);
  const count = /^(\w+) (\w+)$/.exec(source);
  if (count) return countSlot(count[1] as string, count[2] as string);
  const [name = '', form = 'int'] = source.split(':');
  const word = WORD_FORMS[form];
  return word ? wordSlot(name, word) : numberSlot(name, form);
}

interface WordForm {
  readonly pattern: string;
  write(word: string): string;
  read(text: string): string | null;
}

const NOUN = '([A-Za-z][a-z]*)';
const readNoun = (text: string): string | null => singular(text.toLowerCase());

const WORD_FORMS: Readonly<Record<string, WordForm>> = {
  one: { pattern: NOUN, write: (noun) => noun, read: readNoun },
  many: { pattern: NOUN, write: plural, read: readNoun },
  a: { pattern: '([Aa]n? [a-z]+)', write: withArticle, read: (text) => readNoun(text.replace(/^an? /i, '')) },
  mass: { pattern: NOUN, write: (word) => word, read: (text) => text.toLowerCase() },
  name: { pattern: '([A-Z][a-z]*)', write: (name) => name, read: (text) => text },
};

function wordSlot(name: string, form: WordForm): Slot {
  return {
    tells: [name],
    pattern: form.pattern,
    captures: 1,
    write: (values) => form.write(String(values[name])),
    read([text = '']) {
      const word = form.read(text);
      return word === null || form.write(word).toLowerCase() !== text.toLowerCase() ? null : { [name]: word };
    },
  };
}

function numberSlot(name: string, unit: string): Slot {
  const isBare = unit === 'int';
  return {
    tells: [name],
    pattern: isBare ? '(\\d+)' : `(\\d+) (?:${unit}|${plural(unit)})`,
    captures: 1,
    write: (values) => (isBare ? String(values[name]) : counted(Number(values[name]), unit)),
    read: ([digits = '']) => ({ [name]: Number(digits) }),
  };
}

function countSlot(amount: string, noun: string): Slot {
  return {
    tells: [amount, noun],
    pattern: '(\\d+) ([a-z]+)',
    captures: 2,
    write: (values) => counted(Number(values[amount]), String(values[noun])),
    read([digits = '', word = '']) {
      const read = singular(word);
      return read === null ? null : { [amount]: Number(digits), [noun]: read };
    },
  };
}

function stuffSlot(amount: string, resource: string): Slot {
  return {
    tells: [amount, resource],
    pattern: '(\\d+ [a-z]+ of [a-z]+)',
    captures: 1,
    write: (values) => stuff(Number(values[amount]), String(values[resource])),
    read([text = '']) {
      const [digits = '', , , name = ''] = text.split(' ');
      const isRight = unitOf(name) !== undefined && stuff(Number(digits), name) === text;
      return isRight ? { [amount]: Number(digits), [resource]: name } : null;
    },
  };
}

function stuff(amount: number, resource: string): string {
  return `${counted(amount, unitOf(resource) ?? 'unit')} of ${resource}`;
}

/** The element's own text must contain neither `, ` nor ` and `. */
function listSlot(name: string, source: string): Slot {
  const element = compile(source, /<([^>]+)>/, false);
  const parts = source.split(/<([^>]+)>/);
  const pattern = parts
    .map((part, index) => (index % 2 === 1 ? slotOf(part).pattern : literal(part, false)))
    .join('')
    .replace(/\((?!\?)/g, '(?:');
  return {
    tells: element.tells.map((inner) => `${name}.${inner}`),
    pattern: `((?:${pattern})(?:(?:, | and )(?:${pattern}))*)`,
    captures: 1,
    write: (values, flavour) =>
      enumerated((values[name] as readonly Values[]).map((inner) => element.write(inner, flavour))),
    read([text = '']) {
      const texts = text.split(/, | and /);
      const read = texts.map((inner) => element.read(inner));
      return enumerated(texts) === text && read.every((inner) => inner !== null) ? { [name]: read } : null;
    },
  };
}

function flavourSlot(source: string): Slot {
  const [list = '', form = 'one'] = source.split(':');
  const inflect = (WORD_FORMS[form] as WordForm).write;
  const words = FLAVOURS[list] ?? [];
  return {
    tells: [],
    pattern: `(?:${words.map(inflect).join('|')})`,
    captures: 0,
    write: (_, flavour) => inflect(pick(flavour, list, words)),
    read: () => ({}),
  };
}
