import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writePrompt } from '../../src/policy/prompt.ts';
import { createTokenizer, type PolicyTokenizer } from '../../src/policy/tokenizer.ts';
import { exampleOf, recipeProblems } from '../../src/pretrain/corpus.ts';
import { type Recipe, TINY } from '../../src/pretrain/recipe.ts';
import { writeTarget } from '../../src/pretrain/target.ts';
import { CHAT_TEMPLATE, END_TOKEN, type TokenizerFiles, trainTokenizer } from '../../src/pretrain/tokenizer.ts';
import { SOLVER_NAMES } from '../../src/types.ts';

const small: Recipe = { ...TINY, tokenizer: { ...TINY.tokenizer, problems: 300 } };
const files = trainTokenizer(TINY);
const tokenizer = open(files);
const template = { chatTemplate: CHAT_TEMPLATE, bosToken: null, eosToken: END_TOKEN };

function open({ tokenizer, settings }: Pick<TokenizerFiles, 'tokenizer' | 'settings'>): PolicyTokenizer {
  return createTokenizer({ tokenizer, settings });
}

interface Fixture {
  readonly tokenizer: TokenizerFiles['tokenizer'];
  readonly texts: readonly string[];
  readonly ids: readonly (readonly number[])[];
}
const fixture = JSON.parse(
  readFileSync(new URL('fixtures/tokenizer-reference.json', import.meta.url), 'utf8'),
) as Fixture;

test("texts become the ids that Python's tokenizers gives, by the same rules as today", () => {
  const reference = open({ tokenizer: fixture.tokenizer, settings: {} });
  expect(fixture.texts.length).toBeGreaterThan(50);
  expect(fixture.texts.map((text) => reference.encode(text))).toEqual(fixture.ids);
  for (const part of ['pre_tokenizer', 'decoder', 'post_processor', 'normalizer', 'added_tokens']) {
    expect(files.tokenizer[part], `${part}: run fixtures/make-tokenizer-reference.py again`).toEqual(
      fixture.tokenizer[part],
    );
  }
});

test('the same recipe gives the same tokenizer, of at most 2048 tokens', () => {
  expect(JSON.stringify(trainTokenizer(small))).toBe(JSON.stringify(trainTokenizer(small)));
  expect(files.size).toBe(tokenizer.size);
  expect(files.size).toBeLessThanOrEqual(2048);
});

test('every prompt and completion of the corpus comes back from its tokens', () => {
  for (const stage of TINY.stages) {
    for (let index = 0; index < 300; index++) {
      const { problem, solver, completion } = exampleOf(TINY, stage, 5, index);
      for (const text of [writePrompt({ problem, solver }, template).text, completion]) {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }
    }
  }
  for (const text of ['naïve 東京 🚢', 'x1 = 1234567\r\n\tif x: pass', '']) {
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  }
});

test('prompts and completions are short, for every solver', () => {
  const problems = recipeProblems(TINY, { seed: 4, split: 'train', count: 300 });
  for (const { text, model } of problems) {
    expect(tokenizer.encode(text).length).toBeLessThan(125);
    for (const solver of SOLVER_NAMES) expect(tokenizer.encode(writeTarget(model, solver)).length).toBeLessThan(100);
  }
});

test('a number is the same token wherever it stands', () => {
  const places = ['earns 34 dollars', '34*x1 + x2', '<= 34', ' (34)', 'minimize 34*x2'];
  for (const text of places) expect(tokenizer.encode(text)).toContain(tokenizer.idOf('34'));
  expect(tokenizer.encode('380')).toEqual(['38', '0'].map((piece) => tokenizer.idOf(piece)));
});

test('a prompt is the text and one token for the solver', () => {
  const [problem] = recipeProblems(TINY, { seed: 4, split: 'held-out', count: 1 });
  if (!problem) throw new Error('no problem');
  for (const solver of SOLVER_NAMES) {
    const { text } = writePrompt({ problem, solver }, template);
    expect(text).toBe(`${problem.text}\n${solver}\n`);
    expect(tokenizer.encode(text).length).toBe(tokenizer.encode(problem.text).length + 1);
  }
});
