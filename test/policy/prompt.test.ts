import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ChatMessage, renderMessages, writeMessages, writePrompt } from '../../src/policy/prompt.ts';
import { readCompletion } from '../../src/reward/format.ts';
import { solvers } from '../../src/solvers/index.ts';
import { type Problem, SOLVER_NAMES } from '../../src/types.ts';

/** What transformers says; see `fixtures/make-chats.py`. */
interface Chats {
  readonly templates: Readonly<Record<string, string>>;
  readonly chats: readonly (readonly ChatMessage[])[];
  readonly texts: Readonly<Record<string, readonly string[]>>;
  readonly variables: { readonly problem: string; readonly solver: 'copt'; readonly isThinking: boolean };
  readonly worded: string;
}

const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', 'chats.json'), 'utf8')) as Chats;
const tokens = { bosToken: '<|im_start|>', eosToken: '<|im_end|>' } as const;
const problem: Problem = { id: 'p', text: ' Two kinds of chairs. ', answer: 7, source: 'test' };

describe.each(Object.entries(fixture.templates))('the template %s', (name, chatTemplate) => {
  it('gives what apply_chat_template gives', () => {
    const texts = fixture.chats.map((chat) => renderMessages(chat, { ...tokens, chatTemplate }));
    expect(texts).toEqual(fixture.texts[name]);
  });
});

it("a template may word the prompt by the problem's text, the solver and whether thoughts are asked for", () => {
  const { solver, isThinking, ...rest } = fixture.variables;
  expect(rest.problem).toBe(problem.text);
  const written = writePrompt(
    { problem, solver },
    { ...tokens, chatTemplate: fixture.templates['worded']! },
    { isThinking },
  );
  expect(written).toEqual({ text: fixture.worded, addSpecialTokens: false });
});

it.each(SOLVER_NAMES)(
  'a prompt for %s holds the problem, the solver, its hint and the format, and never the answer',
  (solver) => {
    const secret: Problem = { ...problem, answer: 987_654_321 };
    const text = writeMessages({ problem: secret, solver })
      .map(({ content }) => content)
      .join('\n');
    expect(text).toContain('Two kinds of chairs.');
    expect(text).toContain(`Solver: ${solvers[solver].title}.`);
    expect(text).toContain(solvers[solver].promptHint);
    expect(text).not.toContain('987654321');
  },
);

it('the format that is shown is the format that is rewarded, and without <think> it has none', () => {
  const shown = (isThinking: boolean): string => {
    const { content } = writeMessages({ problem, solver: 'gurobi' }, { isThinking })[0]!;
    return content.slice(content.indexOf(':\n') + 1);
  };
  expect(readCompletion(shown(true))).toMatchObject({ formatted: true });
  expect(readCompletion(shown(false))).toMatchObject({ thinking: null });
  expect(readCompletion(shown(false)).program).not.toBeNull();
  const all = writeMessages({ problem, solver: 'gurobi' }, { isThinking: false });
  expect(all.map(({ content }) => content).join('\n')).not.toContain('<think>');
});

it('without a template the messages are joined, and the tokenizer adds its own tokens', () => {
  const { text, addSpecialTokens } = writePrompt({ problem, solver: 'scip' }, { ...tokens, chatTemplate: null });
  expect(addSpecialTokens).toBe(true);
  expect(text).toMatch(/Two kinds of chairs\.\n\nSolver: SCIP\. [\s\S]*\n\nAnswer:\n$/);
});

it.each(['{% for %}', "{{ raise_exception('no system role') }}"])(
  'a template that fails says so: %s',
  (chatTemplate) => {
    expect(() => writePrompt({ problem, solver: 'copt' }, { ...tokens, chatTemplate })).toThrow(
      expect.objectContaining({ boundary: 'policy', code: 'bad-template' }) as Error,
    );
  },
);
