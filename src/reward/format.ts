/**
 * Reads a completion: `<think>…</think><code>…</code>` (paper, generate) and its format part τ_fmt.
 *
 * The paper's reward is a sum, so the two parts are earned apart: a completion whose format is broken still has its
 * program run where there is exactly one `<code>` block with something in it (this is also what the paper's ablation
 * without `<think>` needs). No such block, or several, gives no program: the outcome is `no-program`.
 *
 * Not covered: tags are counted as text. A program that holds the text `</code>`, or a thought that holds `<code>`,
 * counts as a broken format; nobody guesses which tag was meant.
 */

/** What a completion's text holds. */
export interface ReadCompletion {
  /** τ_fmt = 1: exactly one `<think>…</think>`, then exactly one `<code>…</code>` that is not empty, only white space outside. */
  readonly formatted: boolean;
  /** Content of the only `<code>` block, its Markdown fence stripped; null where there is none to run. */
  readonly program: string | null;
  /** Content of the only `<think>` block, trimmed. May be empty. */
  readonly thinking: string | null;
  /** Why the format is broken; null where it is not. */
  readonly reason: string | null;
}

const SHAPE = /^\s*<think>[\s\S]*<\/think>\s*<code>[\s\S]*<\/code>\s*$/;
const FENCE = /^```[^\n`]*\n([\s\S]*?)\n?```$/;

/** Splits a completion into thinking and program. Never throws: a bad completion is data. */
export function readCompletion(text: string): ReadCompletion {
  const thinking = onlyBlock(text, 'think');
  const block = onlyBlock(text, 'code');
  const program = block.content === null ? '' : stripFence(block.content);
  const reason =
    thinking.fault ??
    block.fault ??
    (program === '' ? 'the <code> block is empty' : null) ??
    (SHAPE.test(text) ? null : 'there is text outside the blocks, or they are in the wrong order');
  return {
    formatted: reason === null,
    program: program === '' ? null : program,
    thinking: thinking.content?.trim() ?? null,
    reason,
  };
}

interface Block {
  readonly content: string | null;
  readonly fault: string | null;
}

/** The content of the one `<tag>…</tag>`, or why there is not exactly one. */
function onlyBlock(text: string, tag: string): Block {
  const opened = text.split(`<${tag}>`).length - 1;
  const closed = text.split(`</${tag}>`).length - 1;
  if (opened === 0 && closed === 0) return { content: null, fault: `there is no <${tag}> block` };
  if (opened !== 1 || closed !== 1) {
    return { content: null, fault: `expected one <${tag}> and one </${tag}>, got ${opened} and ${closed}` };
  }
  const start = text.indexOf(`<${tag}>`) + tag.length + 2;
  const end = text.indexOf(`</${tag}>`);
  if (end < start) return { content: null, fault: `</${tag}> comes before <${tag}>` };
  return { content: text.slice(start, end), fault: null };
}

/** Strips white space around the program and one Markdown fence; the first line's indentation is kept. */
function stripFence(content: string): string {
  const fenced = FENCE.exec(content.trim());
  const program = fenced?.[1] ?? content;
  return program.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd();
}
