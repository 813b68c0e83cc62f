/** The Python process with torch: one request at a time, JSON lines on its standard input and output. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** What `test/update/fixtures` were made with as well. */
const VERSIONS = { torch: '2.13.0', transformers: '5.23.0', trl: '1.16.0' } as const;
const SCRIPT = new URL('../reference/serve.py', import.meta.url).pathname;
/** Of what Python complains, shown where it fails. */
const KEPT_CHARACTERS = 4000;

/** The interpreter that EVOM_TORCH names; null where it names none. */
export function findTorch(): string | null {
  const python = process.env['EVOM_TORCH'];
  return python && existsSync(python) ? python : null;
}

export function torchMissing(): string {
  const { torch, transformers, trl } = VERSIONS;
  return [
    `Expected EVOM_TORCH to name a Python with torch, transformers and trl, got \`${process.env['EVOM_TORCH'] ?? ''}\`. Make one:`,
    '  python3 -m venv .cache/torch',
    `  .cache/torch/bin/pip install torch==${torch} --index-url https://download.pytorch.org/whl/cpu`,
    `  .cache/torch/bin/pip install transformers==${transformers} trl==${trl}`,
    '  EVOM_TORCH=.cache/torch/bin/python npm run bench -- policy',
  ].join('\n');
}

/** Answers a question that Python asks in the middle of a request. */
export type Answerer = (question: never) => Promise<unknown>;

type Message = { readonly reply: unknown } | { readonly question: unknown } | { readonly failure: string };

export class Reference implements AsyncDisposable {
  readonly versions: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #messages: AsyncIterator<string>;
  readonly #complaints: { text: string };

  private constructor(
    child: ChildProcessWithoutNullStreams,
    messages: AsyncIterator<string>,
    complaints: { text: string },
    versions: string,
  ) {
    this.#child = child;
    this.#messages = messages;
    this.#complaints = complaints;
    this.versions = versions;
  }

  static async start(python: string, threads: number): Promise<Reference> {
    const child = spawn(python, [SCRIPT, String(threads)], {
      env: {
        ...process.env,
        HF_HUB_OFFLINE: '1',
        OMP_NUM_THREADS: String(threads),
        TOKENIZERS_PARALLELISM: 'false',
        TRANSFORMERS_VERBOSITY: 'error',
      },
    });
    const complaints = { text: '' };
    child.stderr.on('data', (data: Buffer) => {
      complaints.text = (complaints.text + data.toString()).slice(-KEPT_CHARACTERS);
    });
    const messages = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const versions = await read(messages, complaints);
    return new Reference(child, messages, complaints, 'reply' in versions ? String(versions.reply) : '');
  }

  async ask<Reply>(request: { readonly do: string } & Record<string, unknown>, answer?: Answerer): Promise<Reply> {
    this.#write(request);
    for (;;) {
      const message = await read(this.#messages, this.#complaints);
      if ('reply' in message) return message.reply as Reply;
      if ('failure' in message) throw new Error(`Python failed at ${request.do}:\n${message.failure}`);
      this.#write(await answer?.(message.question as never));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await new Promise((resolve) => this.#child.once('exit', resolve));
  }

  #write(value: unknown): void {
    this.#child.stdin.write(`${JSON.stringify(value)}\n`);
  }
}

async function read(messages: AsyncIterator<string>, complaints: { readonly text: string }): Promise<Message> {
  const { value, done } = await messages.next();
  if (done) throw new Error(`Python ended:\n${complaints.text}`);
  return JSON.parse(value as string) as Message;
}
