/** One model's generation graphs in one runtime: prompts in, keys and values kept; rows in, tokens out. */

import { decodeGraph } from '../../graph/decode/decode-graph.ts';
import { prefillGraph } from '../../graph/decode/prefill-graph.ts';
import type { SamplingKind } from '../../graph/decode/sampling.ts';
import type { Feed, HostTensor, Session } from '../../graph/runtime/protocol.ts';
import type { Runtime } from '../../graph/runtime/runtime.ts';
import { parameterCount, parametersOf, type TransformerConfig } from '../../graph/transformer/parameters.ts';
import type { KeepMove, RowCache } from './row-cache.ts';

/** What every row of a call has in common. */
export interface Drawing {
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  /** Token ids that end a row. */
  readonly stops: readonly number[];
}

/** One row of a call of the token loop. */
export interface DecodeRow {
  readonly token: number;
  /** Tokens in the cache. */
  readonly length: number;
  /** The row's uniform number `turn` turns from now. */
  readonly uniform: (turn: number) => number;
}

/** What a call of the token loop gave: `turns` tokens and log-probabilities for each row. */
export interface DecodeResult {
  readonly turns: number;
  readonly token: (turn: number, row: number) => number;
  readonly logProbability: (turn: number, row: number) => number;
}

/** Turns of one call at most; models above this size take fewer, so that text streams and an abort is prompt. */
const TURNS = 16;
const LARGE_PARAMETERS = 50e6;
const LARGE_TURNS = 8;

export class Engine {
  readonly runtime: Runtime;
  readonly config: TransformerConfig;
  /** Most turns of one call. */
  readonly turns: number;
  readonly #parameters: string;
  readonly #sessions = new Map<string, Promise<Session>>();
  #caches = 0;

  /** `parameters` names the runtime's buffer with the flat vector; it may change between calls. */
  constructor(runtime: Runtime, config: TransformerConfig, parameters: string) {
    this.runtime = runtime;
    this.config = config;
    this.#parameters = parameters;
    this.turns = parameterCount(parametersOf(config)) > LARGE_PARAMETERS ? LARGE_TURNS : TURNS;
  }

  /** A name for a call's buffers that no other call of this engine has. */
  freshPrefix(): string {
    return `${this.#parameters}.cache${this.#caches++}.`;
  }

  /**
   * Computes every prompt but its last token, once, and writes its keys and values to each of its rows.
   * Prompts of one token need nothing.
   */
  async prefill(
    cache: RowCache,
    prompts: readonly { readonly tokens: readonly number[]; readonly rows: readonly number[] }[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const work = prompts.filter(({ tokens }) => tokens.length > 1);
    if (work.length === 0) return;
    const lengths = work.map(({ tokens }) => tokens.length - 1);
    const longest = Math.max(...lengths);
    const { keyValueHeads, headSize } = this.config;
    const scratch = await cache.scratch('prompt.', work.length, longest);
    const shape = [work.length, keyValueHeads, longest, headSize];
    const fetches = this.#eachLayer((name) => [name, { buffer: scratch(name), shape }]);
    const session = await this.#session('prefill');
    await this.runtime.run(session, packed(work.map(({ tokens }) => tokens.slice(0, -1))), fetches, { signal });
    const moves = work.flatMap(({ rows }, from): readonly KeepMove[] =>
      rows.map((to) => ({ from, to, at: 0, count: lengths[from] as number })),
    );
    await cache.keep('prompt.', longest, moves);
  }

  /**
   * At most `turns` tokens for each row; row i is the cache's row i. Stops early below `minimumAlive` rows. Where this
   * changes the cache's capacity, rows beyond these have lost what they held.
   */
  async decode(
    cache: RowCache,
    rows: readonly DecodeRow[],
    drawing: Drawing,
    options: { readonly turns: number; readonly minimumAlive: number; readonly signal: AbortSignal | undefined },
  ): Promise<DecodeResult> {
    const { turns, minimumAlive, signal } = options;
    const kind = kindOf(drawing);
    const count = rows.length;
    const stops = [...new Set(drawing.stops)];
    const uniforms = new Float32Array(turns * count);
    if (kind !== 'greedy')
      for (let turn = 0; turn < turns; turn++)
        rows.forEach(({ uniform }, row) => {
          uniforms[turn * count + row] = uniform(turn);
        });
    const feeds: Record<string, Feed> = {
      tokens: int64(
        [count, 1],
        rows.map(({ token }) => token),
      ),
      lengths: int64(
        [count, 1],
        rows.map(({ length }) => length),
      ),
      uniforms: float32([turns, count, 1], uniforms),
      turns: int64([], [turns]),
      stops: int64([stops.length], stops),
      minimumAlive: float32([], [minimumAlive]),
      ...(kind === 'greedy' ? {} : { inverseTemperature: float32([], [1 / drawing.temperature]) }),
      ...(kind === 'cut' ? this.#cuts(drawing) : {}),
      ...cache.feeds(count),
    };
    const scratch = await cache.scratch('new.', cache.rows, this.turns);
    const session = await this.#session(kind);
    const results = await this.runtime.run(
      session,
      feeds,
      {
        nextTokens: 'host',
        logProbabilities: 'host',
        ...this.#eachLayer((name) => [`new.${name}`, scratch(name)]),
      },
      { signal },
    );
    const [nextTokens, logProbabilities] = ['nextTokens', 'logProbabilities'].map((name) => results[name]) as [
      HostTensor,
      HostTensor,
    ];
    const taken = nextTokens.shape[0] as number;
    const lengths = rows.map(({ length }) => length);
    await cache.reserve(Math.max(...lengths) + taken, lengths);
    const moves = lengths.map((at, row): KeepMove => ({ from: row, to: row, at, count: taken }));
    await cache.keep('new.', taken, moves);
    return {
      turns: taken,
      token: (turn, row) => Number(nextTokens.data[turn * count + row]),
      logProbability: (turn, row) => Number(logProbabilities.data[turn * count + row]),
    };
  }

  async close(): Promise<void> {
    const sessions = await Promise.allSettled(this.#sessions.values());
    this.#sessions.clear();
    for (const session of sessions)
      if (session.status === 'fulfilled') await this.runtime.unload(session.value).catch(() => {});
  }

  #session(kind: 'prefill' | SamplingKind): Promise<Session> {
    const known = this.#sessions.get(kind);
    if (known) return known;
    const options = { parameters: this.#parameters, positions: this.config.maxPositions + this.turns };
    const { model, bound } =
      kind === 'prefill' ? prefillGraph(this.config, options) : decodeGraph(this.config, kind, options);
    const session = this.runtime.load(model, bound);
    this.#sessions.set(kind, session);
    session.catch(() => this.#sessions.delete(kind));
    return session;
  }

  #cuts({ topK, topP }: Drawing): Readonly<Record<string, Feed>> {
    const { vocabularySize } = this.config;
    const kept = topK === 0 ? vocabularySize : Math.min(topK, vocabularySize);
    return { topK: int64([1], [kept]), topP: float32([], [topP]) };
  }

  #eachLayer<Value>(entry: (name: string) => readonly [string, Value]): Readonly<Record<string, Value>> {
    const names = Array.from({ length: this.config.layers }, (_, layer) => [`key.${layer}`, `value.${layer}`]).flat();
    return Object.fromEntries(names.map(entry));
  }
}

function kindOf({ temperature, topP, topK }: Drawing): SamplingKind {
  if (temperature === 0) return 'greedy';
  return topP < 1 || topK > 0 ? 'cut' : 'whole';
}

/** Flat tokens without padding, and where each lies when padded. */
function packed(prompts: readonly (readonly number[])[]): Readonly<Record<string, Feed>> {
  const longest = Math.max(...prompts.map(({ length }) => length));
  const tokens = prompts.flat();
  const padded = new Array<number>(prompts.length * longest).fill(0);
  const flat: number[] = [];
  for (const [row, prompt] of prompts.entries())
    for (let position = 0; position < prompt.length; position++) {
      padded[row * longest + position] = flat.length;
      flat.push(row * longest + position);
    }
  return {
    tokens: int64([tokens.length, 1], tokens),
    positions: int64(
      [tokens.length, 1],
      flat.map((place) => place % longest),
    ),
    padded: int64([prompts.length, longest], padded),
    flat: int64([tokens.length], flat),
  };
}

function int64(shape: readonly number[], values: readonly number[]): HostTensor {
  return { type: 'int64', shape, data: BigInt64Array.from(values, (value) => BigInt(value)) };
}

function float32(shape: readonly number[], values: ArrayLike<number>): HostTensor {
  return { type: 'float32', shape, data: Float32Array.from(values) };
}
