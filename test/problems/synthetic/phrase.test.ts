import { expect, test } from 'vitest';
import { counted, plural, withArticle } from '../../../src/problems/synthetic/lexicon.ts';
import { phraseOf, type Values } from '../../../src/problems/synthetic/phrase.ts';
import { keyOf } from '../../../src/random.ts';

const key = keyOf(0);

test.each<[template: string, values: Values, sentence: string]>([
  ['At most {limit:int} can be sold.', { limit: 5 }, 'At most 5 can be sold.'],
  ['it costs {price:dollar}.', { price: 1 }, 'It costs 1 dollar.'],
  ['Each {item:one} beats two {other:many}.', { item: 'shelf', other: 'bench' }, 'Each shelf beats two benches.'],
  ['{item:a} is heavy.', { item: 'axe' }, 'An axe is heavy.'],
  ['{town:name} sells {food:mass}.', { town: 'Leeds', food: 'rice' }, 'Leeds sells rice.'],
  ['Use {amount item}.', { amount: 1, item: 'chair' }, 'Use 1 chair.'],
  ['Use {amount item}.', { amount: 2, item: 'ferry' }, 'Use 2 ferries.'],
  ['It holds {amount of resource}.', { amount: 3, resource: 'labor' }, 'It holds 3 hours of labor.'],
  ['It has {uses*<amount of resource>}.', { uses: [{ amount: 1, resource: 'wood' }] }, 'It has 1 board of wood.'],
  [
    'It uses {uses*<amount of resource>} and costs {price:dollar}.',
    {
      uses: [
        { amount: 3, resource: 'labor' },
        { amount: 2, resource: 'steel' },
        { amount: 1, resource: 'glue' },
      ],
      price: 4,
    },
    'It uses 3 hours of labor, 2 kg of steel and 1 liter of glue and costs 4 dollars.',
  ],
])('%s writes its values and reads them back', (template, values, sentence) => {
  expect(phraseOf(template).write(values, key)).toBe(sentence);
  expect(phraseOf(template).read(sentence)).toEqual(values);
});

test.each<[template: string, sentence: string]>([
  ['At most {limit:int} can be sold.', 'At most five can be sold.'],
  ['At most {limit:int} can be sold.', 'At most 5 can be sold'],
  ['Each {item:one} is old.', 'Each chairs is old.'],
  ['Each {item:one} is old.', 'Each unicorn is old.'],
  ['It holds {amount of resource}.', 'It holds 3 kg of labor.'],
  ['It has {uses*<amount of resource>}.', 'It has 3 hours of labor and 2 kg of steel and 1 liter of glue.'],
])('%s does not read "%s"', (template, sentence) => {
  expect(phraseOf(template).read(sentence)).toBeNull();
});

test('flavour words carry no data and stay the same within a text', () => {
  const phrase = phraseOf('The {?business} is next to another {?business}.');
  const sentence = phrase.write({}, key);
  const [, first, second] = /^The (\w+) is next to another (\w+)\.$/.exec(sentence) ?? [];
  expect(first).toBe(second);
  expect(phrase.read(sentence)).toEqual({});
});

test('plurals and articles are English', () => {
  expect(['bench', 'ferry', 'toy', 'shelf', 'compass', 'kg'].map(plural)).toEqual([
    'benches',
    'ferries',
    'toys',
    'shelves',
    'compasses',
    'kg',
  ]);
  expect([counted(1, 'meter'), counted(2, 'meter'), withArticle('lamp'), withArticle('axe')]).toEqual([
    '1 meter',
    '2 meters',
    'a lamp',
    'an axe',
  ]);
});
