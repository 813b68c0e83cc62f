/**
 * An OpenAI-compatible chat endpoint: where it is, how it is asked, and when it is asked again. Requests are retried
 * with growing pauses where the fault may pass: no connection, a broken stream, 408, 429 and 5xx.
 *
 * The key comes from an environment variable and goes into one header; it is in no message, log or file. Should a
 * server repeat it in an error, it is blotted out.
 *
 * Not covered: a server that never answers is given up by fetch's own limits, after 5 minutes without a byte.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { EvomError, expected } from '../../errors.ts';
import { isObject, type JsonObject } from '../folder/json-file.ts';
import { readEvents } from './event-stream.ts';

export interface EndpointOptions {
  /** Up to and including the version, such as `http://localhost:8000/v1`. */
  readonly url: string;
  /** The environment variable that holds the key, where one is needed. Default `EVOM_API_KEY`. */
  readonly keyVariable?: string;
  /** How often a request is tried before it fails. Default 6: about a minute of pauses at most. */
  readonly attempts?: number;
  /** The first pause; each one is twice as long, give or take, up to a minute. Default 1000 ms. */
  readonly pauseMs?: number;
}

export interface Endpoint {
  /** For messages: the address without a query. */
  readonly address: string;
  /**
   * Asks, and has `receive` read the answer's events (or the one object of a server that does not stream). Where that
   * is tried again, `receive` is called anew. Rejects with `policy/endpoint-…`, or with the signal's reason.
   */
  ask<Result>(
    body: JsonObject,
    receive: (events: AsyncIterable<JsonObject>) => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result>;
}

const LONGEST_PAUSE_MS = 60_000;

/** Throws `config/bad-url`. */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const { keyVariable = 'EVOM_API_KEY', attempts = 6, pauseMs = 1000 } = options;
  const url = urlOf(options.url);
  const address = url.origin + url.pathname;
  const key = process.env[keyVariable] ?? '';
  const ask: Endpoint['ask'] = async (body, receive, signal) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await post(url, key, body, signal);
        if (!response.ok) throw await refusal(response, address, key, keyVariable);
        return await receive(eventsOf(response));
      } catch (error) {
        signal.throwIfAborted();
        const fault = asFault(error, address, key);
        if (!fault.passes || attempt >= attempts) throw fault.error;
        const longest = Math.min(pauseMs * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
        const wait = fault.waitMs ?? longest * (0.75 + Math.random() / 4);
        await pause(Math.min(wait, LONGEST_PAUSE_MS), undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  };
  return { address, ask };
}

/** An answer that ended before it was whole, or that says that it failed on the way. May pass. */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer';
}

/** What went wrong, whether asking again may help, and how long the server wants to be left alone. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly error: EvomError;
  readonly passes: boolean;
  readonly waitMs: number | null;

  constructor(error: EvomError, passes: boolean, waitMs: number | null) {
    super(error.message);
    this.error = error;
    this.passes = passes;
    this.waitMs = waitMs;
  }
}

function post(url: URL, key: string, body: JsonObject, signal: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(key === '' ? {} : { authorization: `Bearer ${key}` }) };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
}

async function* eventsOf(response: Response): AsyncGenerator<JsonObject> {
  const isStream = response.headers.get('content-type')?.includes('text/event-stream') ?? false;
  const texts = isStream && response.body ? readEvents(response.body) : [await response.text()];
  for await (const text of texts) {
    const event = parse(text);
    if (!event) throw new BrokenAnswer('the answer is no JSON');
    if (event['error']) throw new BrokenAnswer(messageIn(event) ?? 'the answer broke off');
    yield event;
  }
}

async function refusal(response: Response, address: string, key: string, keyVariable: string): Promise<Refusal> {
  const { status } = response;
  const text = await response.text().catch(() => '');
  const said = blot(messageIn(parse(text)) ?? text, key).slice(0, 300);
  const next =
    status === 401 || status === 403
      ? `Set ${keyVariable} to a key for this server.`
      : status === 404
        ? "Check the base URL (it ends in the API's version, such as /v1) and the model's name."
        : 'See what the server says.';
  const message = `Expected \`${address}\` to answer, got status ${status}: ${said || 'no reason given'}. ${next}`;
  const error = new EvomError('policy', `endpoint-${status}`, message);
  return new Refusal(error, status === 408 || status === 429 || status >= 500, retryAfterMs(response));
}

function asFault(error: unknown, address: string, key: string): Pick<Refusal, 'error' | 'passes' | 'waitMs'> {
  if (error instanceof Refusal) return error;
  if (error instanceof EvomError) return { error, passes: false, waitMs: null };
  // fetch's own failures are TypeErrors with a cause.
  const isNetwork = error instanceof BrokenAnswer || (error instanceof TypeError && error.cause !== undefined);
  if (!isNetwork) throw error;
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  const next = 'Check that the server runs and that the base URL is right.';
  const message = `Could not get a whole answer from \`${address}\`: ${blot(error.message + cause, key)}. ${next}`;
  return { error: new EvomError('policy', 'endpoint-unreachable', message), passes: true, waitMs: null };
}

/** `Retry-After`: seconds, or a date. */
function retryAfterMs(response: Response): number | null {
  const value = response.headers.get('retry-after');
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** `{ error: { message } }`, `{ error }` or `{ message }`, as servers say it. */
function messageIn(answer: JsonObject | null): string | null {
  const error = answer?.['error'];
  const message = (isObject(error) ? error['message'] : error) ?? answer?.['message'];
  return typeof message === 'string' ? message : null;
}

function parse(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function blot(text: string, key: string): string {
  return key === '' ? text : text.replaceAll(key, '…');
}

function urlOf(base: string): URL {
  const url = URL.parse(base);
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') {
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`;
    return url;
  }
  const what = 'an address such as http://localhost:8000/v1, without a password in it';
  const got = url ? `${url.protocol}…` : base;
  throw new EvomError('config', 'bad-url', expected('url', what, got, "Name the endpoint's base URL."));
}
