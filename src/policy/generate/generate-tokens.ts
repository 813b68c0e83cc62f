/**
 * Continuous generation: rows that end are refilled from the queue between calls of the token loop, and every prompt
 * is computed once for all its samples.
 *
 * A sample's random numbers depend on its identity alone. Its tokens depend on the other rows only as far as the last
 * bits of float sums do; the same requests in the same order give the same bytes.
 */

import { EvomError, expected } from '../../errors.ts';
import type { Drawing, Engine } from './engine.ts';
import { type SampleIdentity, sampleKey, uniformAt, type Words } from './random.ts';
import { RowCache, rowBytes } from './row-cache.ts';
import { StopText, type TextSource } from './stop-text.ts';

/** A prompt and how many completions it wants. */
export interface TokenRequest {
  /** At least one token. */
  readonly prompt: readonly number[];
  readonly samples: number;
  /** With `sample`, what the random numbers depend on. */
  readonly identity: Omit<SampleIdentity, 'sample'>;
}

export interface GenerateTokensOptions extends Drawing {
  /** Tokens of one completion at most, the stop token included. */
  readonly maxTokens: number;
  /** Needed for stop texts and `onText`; without it `text` is empty. */
  readonly text?: TextSource;
  readonly stopTexts?: readonly string[];
  readonly onText?: ((text: string, request: number, sample: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes for keys and values; decides how many rows run side by side. At least one row runs. */
  readonly cacheBytes?: number;
  /** Rows side by side at most. More of them use the processor better and stream each one slower. */
  readonly maxRows?: number;
}

/** A completion that has ended. */
export interface TokenGeneration {
  readonly request: number;
  readonly sample: number;
  /** With the stop token, where one ended it; with the stop text's tokens, where that did. */
  readonly tokenIds: readonly number[];
  /** Of each token, at the temperature (1 for greedy), before top-k and top-p. */
  readonly logProbabilities: readonly number[];
  /** Without the stop text. */
  readonly text: string;
  /** `length`: it reached `maxTokens` or the model's last position. */
  readonly ended: 'stop' | 'length';
}

const DEFAULT_CACHE_BYTES = 512 * 1024 ** 2;
const DEFAULT_MAX_ROWS = 64;
/** Padded prompt tokens of one prefill at most, where there is more than one prompt. */
const PREFILL_TOKENS = 4096;
/** The loop comes back when more than this share of its rows has ended, to have them refilled. */
const IDLE_SHARE = 1 / 8;

/** A sample under way; it sits in the cache's row of the same index as in the list of rows. */
interface Row {
  readonly request: number;
  readonly sample: number;
  readonly key: Words;
  readonly limit: number;
  readonly tokenIds: number[];
  readonly logProbabilities: number[];
  readonly text: StopText | null;
  /** Tokens in the cache. */
  length: number;
}

/** Yields completions as they end. Throws `prompt-length`; rejects with the signal's reason within one call of the loop. */
export async function* generateTokens(
  engine: Engine,
  requests: readonly TokenRequest[],
  options: GenerateTokensOptions,
): AsyncGenerator<TokenGeneration, void, undefined> {
  const { maxPositions } = engine.config;
  for (const { prompt } of requests) checkPrompt(prompt, maxPositions);
  const queue = requests.flatMap(({ samples }, request) =>
    Array.from({ length: samples }, (_, sample) => ({ request, sample })),
  );
  if (queue.length === 0) return;
  options.signal?.throwIfAborted();
  const longest = Math.max(...requests.map(({ prompt }) => prompt.length));
  const positions = Math.min(maxPositions, longest + options.maxTokens) + engine.turns;
  const affordable = Math.floor((options.cacheBytes ?? DEFAULT_CACHE_BYTES) / rowBytes(engine.config, positions));
  const count = Math.max(1, Math.min(queue.length, options.maxRows ?? DEFAULT_MAX_ROWS, affordable));
  const cache = await RowCache.allocate(engine.runtime, engine.config, {
    prefix: engine.freshPrefix(),
    rows: count,
    positions,
  });
  try {
    yield* new Scheduler(engine, cache, requests, queue, options).run();
  } finally {
    cache.free().catch(() => {}); // where the runtime has ended, so has the cache
  }
}

class Scheduler {
  readonly #engine: Engine;
  readonly #cache: RowCache;
  readonly #requests: readonly TokenRequest[];
  readonly #queue: { readonly request: number; readonly sample: number }[];
  readonly #options: GenerateTokensOptions;
  readonly #rows: Row[] = [];
  /** The request whose prompt each of the cache's rows holds, even after the sample there has ended. */
  readonly #prompts: (number | null)[];

  constructor(
    engine: Engine,
    cache: RowCache,
    requests: readonly TokenRequest[],
    queue: readonly { readonly request: number; readonly sample: number }[],
    options: GenerateTokensOptions,
  ) {
    this.#engine = engine;
    this.#cache = cache;
    this.#requests = requests;
    this.#queue = [...queue];
    this.#options = options;
    this.#prompts = new Array<number | null>(cache.rows).fill(null);
  }

  async *run(): AsyncGenerator<TokenGeneration, void, undefined> {
    const { signal } = this.#options;
    while (this.#queue.length > 0 || this.#rows.length > 0) {
      await this.#refill();
      const ended = await this.#advance();
      for (const generation of ended) {
        signal?.throwIfAborted();
        yield generation;
      }
      signal?.throwIfAborted();
    }
  }

  /** Puts samples from the queue into free rows. */
  async #refill(): Promise<void> {
    const admitted = this.#queue.splice(0, this.#cache.rows - this.#rows.length);
    const first = this.#rows.length;
    for (const { request, sample } of admitted) this.#rows.push(this.#rowFor(request, sample));
    const lengths = this.#rows.map(({ length }) => length);
    await this.#keepingPrompts(first, () => this.#cache.reserve(Math.max(...lengths), lengths.slice(0, first)));
    const missing = new Map<number, number[]>();
    for (let row = first; row < this.#rows.length; row++) {
      const { request, length } = this.#rows[row] as Row;
      const holder = this.#prompts[row] === request ? row : this.#prompts.indexOf(request);
      if (holder < 0 || missing.has(request)) missing.set(request, [...(missing.get(request) ?? []), row]);
      else if (holder !== row) await this.#cache.copyRow(holder, row, length);
      this.#prompts[row] = holder < 0 ? null : request;
    }
    for (const batch of this.#batches([...missing])) {
      await this.#engine.prefill(this.#cache, batch, this.#options.signal);
    }
    for (const [request, rows] of missing) for (const row of rows) this.#prompts[row] = request;
  }

  /** One call of the loop. Gives the samples that ended, and closes the gaps they leave. */
  async #advance(): Promise<readonly TokenGeneration[]> {
    const rows = this.#rows;
    const { turns, token, logProbability } = await this.#keepingPrompts(rows.length, () =>
      this.#engine.decode(
        this.#cache,
        rows.map((row) => ({
          token: row.tokenIds.at(-1) ?? (this.#requests[row.request]?.prompt.at(-1) as number),
          length: row.length,
          uniform: (turn) => uniformAt(row.key, row.tokenIds.length + turn),
        })),
        this.#options,
        {
          turns: Math.min(this.#engine.turns, Math.max(...rows.map(({ limit, tokenIds }) => limit - tokenIds.length))),
          minimumAlive: Math.max(1, rows.length - Math.floor(rows.length * IDLE_SHARE)),
          signal: this.#options.signal,
        },
      ),
    );
    const ended = rows.map((row, index) => {
      for (let turn = 0; turn < turns; turn++) {
        const end = this.#take(row, token(turn, index), logProbability(turn, index));
        if (end) return this.#finish(row, end);
      }
      row.length += turns;
      this.#show(row, false);
      return null;
    });
    await this.#compact(ended.map((generation) => generation !== null));
    return ended.filter((generation) => generation !== null);
  }

  /** Adds a token to a row; says how the row ends where this token ends it. */
  #take(row: Row, token: number, logProbability: number): TokenGeneration['ended'] | null {
    row.tokenIds.push(token);
    row.logProbabilities.push(logProbability);
    if (this.#options.stops.includes(token)) return 'stop';
    if (row.text?.push(token)) return 'stop';
    return row.tokenIds.length >= row.limit ? 'length' : null;
  }

  #finish(row: Row, ended: TokenGeneration['ended']): TokenGeneration {
    row.text?.end();
    this.#show(row, true);
    const { request, sample, tokenIds, logProbabilities } = row;
    return { request, sample, tokenIds, logProbabilities, text: row.text?.text ?? '', ended };
  }

  #show(row: Row, hasEnded: boolean): void {
    const fresh = this.#options.onText ? row.text?.take(hasEnded) : '';
    if (fresh) this.#options.onText?.(fresh, row.request, row.sample);
  }

  /** Moves the last rows into the gaps, so that the rows under way are the cache's first. */
  async #compact(hasEnded: boolean[]): Promise<void> {
    for (let row = 0; row < this.#rows.length; row++) {
      while (this.#rows.length > row && hasEnded[this.#rows.length - 1]) this.#rows.pop();
      if (row >= this.#rows.length || !hasEnded[row]) continue;
      const last = this.#rows.length - 1;
      const moved = this.#rows.pop() as Row;
      await this.#cache.copyRow(last, row, moved.length);
      this.#rows[row] = moved;
      this.#prompts[row] = this.#prompts[last] as number | null;
      hasEnded[row] = false;
    }
  }

  /** Does something that moves rows where the cache's capacity changes: then rows from `known` on lose their prompts. */
  async #keepingPrompts<Result>(known: number, move: () => Promise<Result>): Promise<Result> {
    const { capacity } = this.#cache;
    const result = await move();
    if (this.#cache.capacity !== capacity) this.#prompts.fill(null, known);
    return result;
  }

  /** Prompts that are computed together: alike in length, and not too many. */
  #batches(
    missing: readonly (readonly [request: number, rows: readonly number[]])[],
  ): readonly (readonly { readonly tokens: readonly number[]; readonly rows: readonly number[] }[])[] {
    const prompts = missing
      .map(([request, rows]) => ({ tokens: this.#requests[request]?.prompt ?? [], rows }))
      .sort((left, right) => left.tokens.length - right.tokens.length);
    const batches: (typeof prompts)[] = [];
    for (const prompt of prompts) {
      const last = batches.at(-1);
      if (last && (last.length + 1) * prompt.tokens.length <= PREFILL_TOKENS) last.push(prompt);
      else batches.push([prompt]);
    }
    return batches;
  }

  #rowFor(request: number, sample: number): Row {
    const { prompt, identity } = this.#requests[request] as TokenRequest;
    const { text, stopTexts = [], maxTokens } = this.#options;
    return {
      request,
      sample,
      key: sampleKey({ ...identity, sample }),
      limit: Math.min(maxTokens, this.#engine.config.maxPositions - prompt.length),
      tokenIds: [],
      logProbabilities: [],
      text: text ? new StopText(text, stopTexts) : null,
      length: prompt.length - 1,
    };
  }
}

function checkPrompt({ length }: readonly number[], maxPositions: number): void {
  if (length >= 1 && length < maxPositions) return;
  throw new EvomError(
    'policy',
    'prompt-length',
    expected(
      'prompt',
      `1 to ${maxPositions - 1} tokens`,
      `${length} tokens`,
      'Shorten the problem, or use a model with more positions.',
    ),
  );
}
