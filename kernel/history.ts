/** The cells that ran, for `history_request`. In memory: a notebook keeps its own. */

export interface HistoryEntry {
  /** Execution count. */
  readonly line: number;
  readonly code: string;
  readonly output: string | null;
}

export class History {
  readonly #entries: HistoryEntry[] = [];

  add(entry: HistoryEntry): void {
    this.#entries.push(entry);
  }

  /** The last `count`. */
  tail(count: number): readonly HistoryEntry[] {
    return count <= 0 ? [] : this.#entries.slice(-count);
  }

  /** Lines `start` to `stop`, without `stop`. */
  range(start: number, stop: number): readonly HistoryEntry[] {
    return this.#entries.filter(({ line }) => line >= start && line < stop);
  }

  /** Cells that match a glob (`*` and `?`) whole; `isUnique`: of equal ones the last alone. */
  search(
    glob: string,
    { isUnique, count }: { readonly isUnique: boolean; readonly count: number },
  ): readonly HistoryEntry[] {
    const source = glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    const pattern = new RegExp(`^${source}$`, 's');
    const found = this.#entries.filter(({ code }) => pattern.test(code));
    const kept = isUnique
      ? found.filter(({ code }, at) => found.findLastIndex((other) => other.code === code) === at)
      : found;
    return count <= 0 ? [] : kept.slice(-count);
  }
}
