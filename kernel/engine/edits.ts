/** Edits of a text that remember where everything came from. */

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export class Edits {
  readonly #source: string;
  readonly #edits: Edit[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Keeps the lines: what the new text has fewer of is added to its end. */
  replace(start: number, end: number, text: string): void {
    const missing = linesIn(this.#source.slice(start, end)) - linesIn(text);
    this.#edits.push({ start, end, text: text + '\n'.repeat(Math.max(0, missing)) });
  }

  /** Spaces instead of the text. */
  blank(start: number, end: number): void {
    this.#edits.push({ start, end, text: this.#source.slice(start, end).replace(/[^\n]/g, ' ') });
  }

  apply(): string {
    let at = 0;
    let result = '';
    for (const { start, end, text } of this.#sorted()) {
      result += this.#source.slice(at, start) + text;
      at = end;
    }
    return result + this.#source.slice(at);
  }

  /** 1-based line and column before the edits, for those after them; edits keep lines. */
  originOf(line: number, column: number): readonly [line: number, column: number] {
    const lineStart = startOfLine(this.#source, line);
    let shift = 0;
    for (const { start, end, text } of this.#sorted()) {
      if (start < lineStart || linesIn(this.#source.slice(lineStart, start)) > 0 || linesIn(text) > 0) continue;
      const newStart = start - lineStart + shift;
      if (newStart + text.length > column - 1) break;
      shift += text.length - (end - start);
    }
    return [line, Math.max(1, column - shift)];
  }

  /** In order of place; those at one place in the order they were asked for. */
  #sorted(): readonly Edit[] {
    return this.#edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1;
  return start;
}
