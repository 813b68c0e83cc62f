/** Watches a completion's text for stop texts while it grows token by token. */

/** What turns tokens into text as they come. */
export interface TextSource {
  stream(): { push(id: number): string; end(): string };
}

export class StopText {
  readonly #stream: ReturnType<TextSource['stream']>;
  readonly #stops: readonly string[];
  readonly #longest: number;
  #text = '';
  #shown = 0;
  #isStopped = false;

  constructor(source: TextSource, stops: readonly string[]) {
    this.#stream = source.stream();
    this.#stops = stops.filter((stop) => stop !== '');
    this.#longest = Math.max(0, ...this.#stops.map(({ length }) => length));
  }

  /** True where this token completes a stop text: the completion ends here, its text before the stop. */
  push(id: number): boolean {
    this.#add(this.#stream.push(id));
    return this.#isStopped;
  }

  /** No more tokens. */
  end(): void {
    if (!this.#isStopped) this.#add(this.#stream.end());
  }

  /** Everything so far, stop text left out. */
  get text(): string {
    return this.#text;
  }

  /** What is new and cannot become part of a stop text any more; once the completion has ended, all that is left. */
  take(hasEnded: boolean): string {
    const settled = hasEnded ? this.#text.length : this.#text.length - Math.max(0, this.#longest - 1);
    if (settled <= this.#shown) return '';
    const fresh = this.#text.slice(this.#shown, settled);
    this.#shown = settled;
    return fresh;
  }

  #add(piece: string): void {
    const from = Math.max(0, this.#text.length - this.#longest + 1);
    this.#text += piece;
    const places = this.#stops.map((stop) => this.#text.indexOf(stop, from)).filter((place) => place >= 0);
    if (places.length === 0) return;
    this.#text = this.#text.slice(0, Math.min(...places));
    this.#isStopped = true;
  }
}
