/**
 * A completion as people read it: what was thought, the program, and the text around them. It reads whatever there is,
 * while it is being written too; whether the format is right is the kernel's to say.
 */

export interface Section {
  readonly kind: 'thinking' | 'program' | 'text';
  readonly text: string;
}

const TAGS = /<(think|code)>([\s\S]*?)(?:<\/\1>|$)/g;
const FENCE = /^\s*```[^\n`]*\n([\s\S]*?)\n?(?:```\s*)?$/;

export function completionSections(text: string): readonly Section[] {
  const sections: Section[] = [];
  let end = 0;
  const keep = (kind: Section['kind'], part: string): void => {
    if (part.trim() !== '') sections.push({ kind, text: part });
  };
  for (const { 0: whole, 1: tag, 2: content = '', index } of text.matchAll(TAGS)) {
    keep('text', text.slice(end, index));
    if (tag === 'think') keep('thinking', content.trim());
    else keep('program', programOf(content));
    end = index + whole.length;
  }
  keep('text', text.slice(end));
  return sections;
}

/** Without the fence and the empty lines before it, so that lines count as they did when it ran. */
function programOf(content: string): string {
  const program = FENCE.exec(content)?.[1] ?? content;
  return program.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd();
}

/** The last program of a completion; null where there is none. */
export function lastProgram(text: string): string | null {
  return (
    completionSections(text)
      .filter(({ kind }) => kind === 'program')
      .at(-1)?.text ?? null
  );
}
