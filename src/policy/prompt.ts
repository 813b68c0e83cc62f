/**
 * What a policy reads: the problem's text, the target solver with its hint, and the answer's format. Pure: a prompt and
 * options give messages, and messages and a template give text.
 *
 * Chat templates are Jinja, rendered by @huggingface/jinja, with transformers' variables (`messages`,
 * `add_generation_prompt`, `bos_token`, `eos_token`) and three of ours, `problem`, `solver` and `isThinking`, for
 * templates that word the prompt in their own way, as the tiny policy's does.
 *
 * Not covered: templates that need the date or tools; text in a problem that spells a special token becomes that token.
 */

import { Template } from '@huggingface/jinja';
import { EvomError } from '../errors.ts';
import { solvers } from '../solvers/index.ts';
import type { Prompt } from '../types.ts';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface PromptOptions {
  /** Whether a `<think>` block is asked for. Default true; false is the paper's ablation. */
  readonly isThinking?: boolean;
}

/** What of a tokenizer a prompt depends on. */
export interface PromptTemplate {
  /** Jinja source; null where there is none: then messages are joined plainly. */
  readonly chatTemplate: string | null;
  readonly bosToken: string | null;
  readonly eosToken: string | null;
}

/** A text and how to encode it: a chat template writes the beginning token itself. */
export interface PromptText {
  readonly text: string;
  readonly addSpecialTokens: boolean;
}

/** The prompt as chat messages: what is asked, then the problem and the solver. */
export function writeMessages({ problem, solver }: Prompt, options: PromptOptions = {}): readonly ChatMessage[] {
  const { title, promptHint } = solvers[solver];
  return [
    { role: 'system', content: instructionOf(options.isThinking ?? true) },
    { role: 'user', content: `${problem.text.trim()}\n\nSolver: ${title}. ${promptHint}` },
  ];
}

/** The prompt as text, ready to be encoded and continued. Throws `policy/bad-template`. */
export function writePrompt(prompt: Prompt, template: PromptTemplate, options: PromptOptions = {}): PromptText {
  const messages = writeMessages(prompt, options);
  if (template.chatTemplate === null) return { text: joinMessages(messages), addSpecialTokens: true };
  const ours = { problem: prompt.problem.text, solver: prompt.solver, isThinking: options.isThinking ?? true };
  return { text: renderMessages(messages, template, ours), addSpecialTokens: false };
}

/** Messages through a chat template, as transformers' `apply_chat_template` does, up to where the answer begins. */
export function renderMessages(
  messages: readonly ChatMessage[],
  { chatTemplate, bosToken, eosToken }: PromptTemplate,
  variables: Readonly<Record<string, unknown>> = {},
): string {
  if (chatTemplate === null) return joinMessages(messages);
  try {
    return compile(chatTemplate).render({
      ...variables,
      messages,
      add_generation_prompt: true,
      bos_token: bosToken ?? '',
      eos_token: eosToken ?? '',
      tools: null,
      documents: null,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const next = "Correct the folder's chat_template.jinja, or remove it to have messages joined plainly.";
    throw new EvomError('policy', 'bad-template', `Could not render the chat template: ${reason}. ${next}`, {
      cause: error,
    });
  }
}

/** For policies without a template, such as base models. */
function joinMessages(messages: readonly ChatMessage[]): string {
  return `${messages.map(({ content }) => content).join('\n\n')}\n\nAnswer:\n`;
}

const THINKING = `<think>
which quantities are decided, what is optimised, what limits them
</think>
`;

function instructionOf(isThinking: boolean): string {
  return `You turn an optimisation problem into a Python program that solves it with the solver named. Answer with ${
    isThinking ? 'exactly one <think> block and one <code> block' : 'exactly one <code> block'
  }, and nothing outside:
${isThinking ? THINKING : ''}<code>
a complete program: it imports the solver, builds the model with all data in it, solves it and prints the optimal value
</code>`;
}

/** The last template compiled: a policy has one, and it is used for every prompt. */
let last: { readonly source: string; readonly template: Template } | null = null;

function compile(source: string): Template {
  if (last?.source !== source) last = { source, template: new Template(source) };
  return last.template;
}
