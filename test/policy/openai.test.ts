import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAiPolicy, type OpenAiOptions } from '../../src/policy/openai.ts';
import { writeMessages } from '../../src/policy/prompt.ts';
import type { GenerateOptions, Generation, Policy, Prompt } from '../../src/types.ts';
import { type FakeEndpoint, type Misbehaviour, startFakeEndpoint } from './fake-endpoint.ts';
import { testPolicy } from './policy-conformance.ts';

const KEY = 'sk-very-secret-0123456789';

const prompts: readonly Prompt[] = ['Two chairs.', 'Three tables.', 'Four lamps.', 'Five beds.'].map((text, index) => ({
  problem: { id: `p${index}`, text, answer: index, source: 'test' },
  solver: index % 2 === 0 ? 'gurobi' : 'ortools',
}));

let fake: FakeEndpoint;
beforeAll(async () => {
  fake = await startFakeEndpoint();
});
beforeEach(() => {
  fake.asked.length = 0;
  fake.load.most = 0;
});
afterEach(() => {
  fake.misbehave = () => false;
  delete process.env['EVOM_API_KEY'];
  delete process.env['OTHER_KEY'];
});
afterAll(() => fake.close());

function create(options: Partial<OpenAiOptions> = {}): Policy {
  return createOpenAiPolicy({ url: fake.url, model: 'fake', pauseMs: 1, ...options });
}

async function generate(policy: Policy, options: GenerateOptions = {}, some = prompts): Promise<readonly Generation[]> {
  const all: Generation[] = [];
  for await (const generation of policy.generate(some, options)) all.push(generation);
  return all.sort((a, b) => a.promptIndex - b.promptIndex || a.sampleIndex - b.sampleIndex);
}

testPolicy('an endpoint', {
  create: async () => create({ concurrency: 2 }),
  prompts,
  maxTokens: 20,
  stop: 'END',
});

describe('what is asked', () => {
  it('is the model, the messages, the sampling, and a seed of its own for each prompt', async () => {
    await generate(create({ url: `${fake.url}/` }), {
      samples: 3,
      temperature: 0.7,
      topP: 0.9,
      topK: 5,
      stop: ['END'],
      seed: 4,
    });
    expect(fake.asked.map(({ path }) => path)).toEqual(prompts.map(() => '/v1/chat/completions'));
    const first = fake.asked.find(({ body }) => body.messages.at(-1)?.content.startsWith('Two'))!;
    expect(first.authorization).toBeUndefined();
    expect(first.body).toEqual({
      model: 'fake',
      messages: writeMessages(prompts[0]!),
      stream: true,
      n: 3,
      temperature: 0.7,
      top_p: 0.9,
      top_k: 5,
      max_tokens: 512,
      stop: ['END'],
      seed: expect.any(Number) as number,
      logprobs: true,
    });
    expect(new Set(fake.asked.map(({ body }) => body.seed)).size).toBe(prompts.length);
  });

  it('can be added to, replaced and left out', async () => {
    const body = { max_completion_tokens: 9, max_tokens: null, seed: null, logprobs: null };
    fake.misbehave = (_, response) => whole(response, ['x']);
    await generate(create({ body, isThinking: false }), {}, prompts.slice(0, 1));
    expect(Object.keys(fake.asked[0]!.body).sort()).toEqual([
      'max_completion_tokens',
      'messages',
      'model',
      'n',
      'stream',
      'temperature',
      'top_p',
    ]);
    expect(JSON.stringify(fake.asked[0]!.body)).not.toContain('<think>');
  });

  it('holds the key of the environment, under the name given', async () => {
    process.env['EVOM_API_KEY'] = KEY;
    process.env['OTHER_KEY'] = 'other';
    await generate(create(), {}, prompts.slice(0, 1));
    await generate(create({ keyVariable: 'OTHER_KEY' }), {}, prompts.slice(0, 1));
    expect(fake.asked.map(({ authorization }) => authorization)).toEqual([`Bearer ${KEY}`, 'Bearer other']);
  });

  it('is never more at a time than the limit', async () => {
    const many = Array.from({ length: 24 }, (_, index) => ({
      ...prompts[0]!,
      problem: { ...prompts[0]!.problem, id: `${index}` },
    }));
    fake.misbehave = () => pause(3).then(() => false);
    expect(await generate(create({ concurrency: 5 }), {}, many)).toHaveLength(24);
    expect(fake.load.most).toBe(5);
  });
});

describe('a server that', () => {
  it('gives one choice at a time is asked until there are enough, with other seeds', async () => {
    fake.misbehave = ({ body }, response) => whole(response, [`seed ${body.seed}`]);
    const all = await generate(create(), { samples: 3 }, prompts.slice(0, 2));
    expect(all.map(({ promptIndex, sampleIndex }) => [promptIndex, sampleIndex])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    expect(new Set(all.map(({ completion }) => completion.text)).size).toBe(6);
    expect(fake.asked.map(({ body }) => body.n)).toEqual(expect.arrayContaining([3, 2, 1]));
  });

  it('refuses several choices is asked for as many as it gives', async () => {
    fake.misbehave = ({ body }, response) =>
      body.n > 2 && refuse(response, 400, { error: { message: 'n must be at most 2' } });
    await expect(generate(create(), { samples: 5 })).rejects.toThrow(/n must be at most 2/);
    expect(await generate(create({ choicesPerRequest: 2 }), { samples: 5 })).toHaveLength(20);
  });

  it('does not stream is read all the same', async () => {
    fake.misbehave = (_, response) => whole(response, ['<code>é</code>', 'b'], 'length');
    const told: string[] = [];
    const onText = (text: string, prompt: number, sample: number): void =>
      void told.push(`${prompt}/${sample} ${text}`);
    const all = await generate(create(), { samples: 2, onText }, prompts.slice(0, 1));
    expect(all.map(({ completion }) => completion)).toEqual([
      { text: '<code>é</code>', tokenIds: [], logProbs: [], truncated: true },
      { text: 'b', tokenIds: [], logProbs: [], truncated: true },
    ]);
    expect(told).toEqual(['0/0 <code>é</code>', '0/1 b']);
  });

  it('knows no log-probabilities is asked without, once told', async () => {
    fake.misbehave = ({ body }, response) =>
      body.logprobs === true &&
      refuse(response, 400, { error: { message: 'logprobs are not supported with this model' } });
    const all = await generate(create({ concurrency: 1 }));
    expect(all.every(({ completion }) => completion.logProbs.length === 0 && completion.text !== '')).toBe(true);
    expect(fake.asked).toHaveLength(prompts.length + 1);
  });

  it.each([429, 500, 503])('says %i for a while is asked again', async (status) => {
    fake.misbehave = (_, response, count) =>
      count < 4 && refuse(response, status, { error: 'later' }, { 'retry-after': '0' });
    expect(await generate(create(), {}, prompts.slice(0, 1))).toHaveLength(1);
    expect(fake.asked).toHaveLength(4);
  });

  it('wants to be left alone for a while is', async () => {
    fake.misbehave = (_, response, count) => count < 2 && refuse(response, 429, {}, { 'retry-after': '1' });
    const start = performance.now();
    await generate(create(), {}, prompts.slice(0, 1));
    expect(performance.now() - start).toBeGreaterThan(990);
  });

  it('says 429 for ever fails after the attempts, with what it said', async () => {
    fake.misbehave = (_, response) => refuse(response, 429, { error: { message: 'quota used up' } });
    await expect(generate(create({ attempts: 3 }), {}, prompts.slice(0, 1))).rejects.toMatchObject({
      boundary: 'policy',
      code: 'endpoint-429',
      message: expect.stringContaining('quota used up') as string,
    });
    expect(fake.asked).toHaveLength(3);
  });

  it.each([
    [
      'drops the connection',
      (response: ServerResponse) => {
        response.destroy();
      },
    ],
    ['drops it in the middle', (response: ServerResponse) => begin(response, () => response.destroy())],
    ['ends without an end', (response: ServerResponse) => begin(response, () => response.end())],
    [
      'sends an error in the stream',
      (response: ServerResponse) => begin(response, () => response.end('data: {"error":{"message":"oom"}}\n\n')),
    ],
    [
      'sends no JSON',
      (response: ServerResponse) => {
        response.end('<html>');
      },
    ],
    [
      'sends no choices',
      (response: ServerResponse) => {
        response.end('{"choices":[]}');
      },
    ],
  ] as const)('%s is asked again, and then fails', async (_, act) => {
    fake.misbehave = (_asked, response, count) => count < 3 && acted(act, response);
    const all = await generate(create(), { temperature: 0 }, prompts.slice(0, 1));
    expect(all[0]!.completion.text).toMatch(/^<think>Two chairs.*<\/code>$/s);
    expect(fake.asked).toHaveLength(3);
    fake.misbehave = (_asked, response) => acted(act, response);
    await expect(generate(create({ attempts: 2 }), {}, prompts.slice(0, 1))).rejects.toMatchObject({
      code: 'endpoint-unreachable',
    });
  });

  it.each([400, 401, 403, 404])('says %i is not asked again, and no key is told', async (status) => {
    process.env['EVOM_API_KEY'] = KEY;
    fake.misbehave = ({ authorization }, response) =>
      refuse(response, status, { error: { message: `bad ${authorization}` } });
    const failure = (await generate(create(), {}, prompts.slice(0, 1)).catch((error: unknown) => error)) as Error;
    expect(failure).toMatchObject({ boundary: 'policy', code: `endpoint-${status}` });
    expect(failure.message).toContain('bad Bearer …');
    expect(`${failure.stack} ${JSON.stringify(failure)} ${String(failure.cause)}`).not.toContain(KEY);
    expect(fake.asked).toHaveLength(1);
  });
});

it('nobody there is told by the address', async () => {
  const policy = createOpenAiPolicy({ url: 'http://127.0.0.1:9/v1', model: 'm', attempts: 2, pauseMs: 1 });
  await expect(generate(policy)).rejects.toThrow(/http:\/\/127\.0\.0\.1:9\/v1\/chat\/completions/);
});

it.each(['localhost:8000', 'ftp://x/v1', '', 'http://user:secret@host/v1'])(
  'the base URL %s is refused, its password untold',
  (url) => {
    expect(() => create({ url })).toThrow(expect.objectContaining({ code: 'bad-url' }) as Error);
    expect(() => create({ url })).not.toThrow(/secret/);
  },
);

describe('an abort', () => {
  it('ends a request under way, and a pause before the next, at once and with its reason', async () => {
    const reason = new Error('enough');
    for (const misbehave of [
      () => true,
      (_: unknown, response: ServerResponse) => refuse(response, 503, {}, { 'retry-after': '50' }),
      (_: unknown, response: ServerResponse) => acted((one) => begin(one, () => {}), response),
    ] satisfies Misbehaviour[]) {
      fake.misbehave = misbehave;
      const controller = new AbortController();
      const ended = generate(create(), { signal: controller.signal }, prompts.slice(0, 2));
      while (fake.asked.length === 0) await pause(1);
      await pause(20);
      const start = performance.now();
      controller.abort(reason);
      await expect(ended).rejects.toBe(reason);
      expect(performance.now() - start).toBeLessThan(200);
      fake.asked.length = 0;
    }
    await expect.poll(() => fake.load.now).toBe(0);
  });

  it('a reader that leaves ends the requests under way', async () => {
    fake.misbehave = ({ body }) => body.messages.at(-1)!.content.startsWith('Five');
    for await (const _ of create().generate(prompts)) break;
    await expect.poll(() => fake.load.now).toBe(0);
  });
});

function refuse(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): true {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  return true;
}

/** Answers whole, without streaming. */
function whole(response: ServerResponse, texts: readonly string[], end = 'stop'): true {
  const choices = texts.map((content, index) => ({
    index,
    message: { role: 'assistant', content },
    finish_reason: end,
  }));
  return refuse(response, 200, { choices });
}

/** Begins a stream, and goes on with `then` when it is under way. */
function begin(response: ServerResponse, then: () => void): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('data: {"choices":[{"index":0,"delta":{"content":"half"},"finish_reason":null}]}\n\n', () =>
    setTimeout(then, 5),
  );
}

function acted(act: (response: ServerResponse) => void, response: ServerResponse): true {
  act(response);
  return true;
}
