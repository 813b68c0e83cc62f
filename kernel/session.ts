/**
 * One kernel's life: what comes in on which channel, what is answered, and what everyone is told. Knows messages and no
 * sockets.
 *
 * Cells run one after the other, in the order they came. Everything else is answered at once, also while a cell runs, so
 * that a view can complete, inspect, and stop a run.
 */

import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { EvomError } from '../src/errors.ts';
import type { CellError, CellEvent, CheckMode, CommEvent, Engine, EngineListener, Language } from './engine/engine.ts';
import { HANDLERS, type HandlerContext } from './handlers/handlers.ts';
import { flagOf, objectOf, textOf } from './handlers/read-content.ts';
import { History } from './history.ts';
import { runCell } from './run-cell.ts';
import type { Codec, JsonObject, Message } from './wire/message.ts';
import type { RequestChannel } from './wire/sockets.ts';

export interface SessionOptions {
  readonly codec: Codec;
  readonly send: (channel: RequestChannel | 'iopub', message: Message) => void;
  readonly createEngine: (listener: EngineListener) => Engine;
  readonly language: Language;
  /** Once a shutdown is answered; whoever listens closes the session. */
  readonly onShutdown: () => void;
}

/** Cells that come so soon after one that failed were sent with it, and are aborted as those that waited are. */
const ABORT_MS = 10;
/**
 * A cell is called done only then, or when the type checker has spoken: some front ends listen no longer than that. One
 * that has sent another cell meanwhile listens on, and does not wait.
 */
const REMARKS_MS = 80;
/** Cells whose late output still finds its place; the oldest are forgotten first. */
const REMEMBERED_CELLS = 10_000;

interface Waiting {
  readonly request: Message;
  readonly receivedAt: number;
}

/** What a cell's reply says, and what the type checker says after it. */
interface Executed {
  readonly content: JsonObject;
  readonly remarks: string | Promise<string>;
}

/** To whom a message goes, and what it answers. */
type Placed = Pick<Message, 'identities' | 'parent'> & Partial<Pick<Message, 'metadata'>>;

const ABORTED: Executed = { content: { status: 'aborted' }, remarks: '' };

export class Session {
  readonly #options: SessionOptions;
  readonly #context: HandlerContext;
  readonly #waiting: Waiting[] = [];
  /** By the id of the request that brought the cell. */
  readonly #cells = new Map<string, Message>();
  readonly #questions = new Map<string, { readonly cellId: string; readonly line: PromiseWithResolvers<string> }>();
  #running: Message | null = null;
  /** Called when a cell comes. */
  #onCell: () => void = () => {};
  #executionCount = 0;
  #checkMode: CheckMode = 'after';
  #abortedUntil = Number.NEGATIVE_INFINITY;

  constructor(options: SessionOptions) {
    this.#options = options;
    const engine = options.createEngine({
      onEvent: this.#onEvent.bind(this),
      onQuestion: this.#onQuestion.bind(this),
    });
    this.#context = { engine, language: options.language, history: new History(), comms: new Map() };
    this.#publish('status', { execution_state: 'starting' }, null);
  }

  /** For a front end that has subscribed to `topic`. */
  welcomeTo(topic: Buffer): Message {
    return this.#message('iopub_welcome', { subscription: topic.toString() }, { identities: [topic], parent: null });
  }

  receive(channel: RequestChannel, request: Message): void {
    const type = request.header.msg_type;
    if (channel === 'stdin') {
      if (type === 'input_reply') this.#answer(request);
    } else if (type === 'execute_request') {
      this.#waiting.push({ request, receivedAt: performance.now() });
      this.#onCell();
      if (this.#running === null) void this.#runWaiting();
    } else {
      void this.#serve(channel, request);
    }
  }

  /** As an `interrupt_request` does, for front ends that send a signal instead. */
  interrupt(): void {
    this.#context.engine.interrupt();
  }

  /** Resolves when nothing of the engine is left. */
  close(): Promise<void> {
    return this.#context.engine.close();
  }

  async #serve(channel: RequestChannel, request: Message): Promise<void> {
    const { msg_type: type } = request.header;
    this.#publish('status', { execution_state: 'busy' }, request);
    const handler = HANDLERS[type];
    const content = handler && (await attempt(async () => handler(this.#context, request)));
    if (content) this.#reply(channel, request, content);
    const isLeaving = type === 'shutdown_request' && content?.['status'] === 'ok';
    if (isLeaving) this.#publish('shutdown_reply', content, request);
    this.#publish('status', { execution_state: 'idle' }, request);
    // A front end that shows the newest state, whoever's it is, would take a busy kernel for an idle one.
    if (this.#running) this.#publish('status', { execution_state: 'busy' }, this.#running);
    if (isLeaving) this.#options.onShutdown();
  }

  async #runWaiting(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { request, receivedAt } = next;
      this.#running = request;
      this.#publish('status', { execution_state: 'busy' }, request);
      const isAborted = receivedAt <= this.#abortedUntil;
      const { content, remarks } = isAborted ? ABORTED : await this.#execute(request);
      if (content['status'] === 'error' && request.content['stop_on_error'] !== false) {
        this.#abortedUntil = performance.now() + ABORT_MS;
      }
      this.#reply('shell', request, { execution_count: this.#executionCount, ...content });
      const remarked = Promise.resolve(remarks).then((text) => {
        if (text !== '') this.#publish('stream', { name: 'stderr', text }, request);
      });
      await Promise.race([remarked, sleep(REMARKS_MS), this.#anotherCell()]);
      this.#publish('status', { execution_state: 'idle' }, request);
    }
    this.#running = null;
  }

  /** Resolves once another cell waits; where one does already, after what can be said at once. */
  async #anotherCell(): Promise<void> {
    if (this.#waiting.length > 0) await nextTurn();
    else await new Promise<void>((resolve) => (this.#onCell = resolve));
  }

  async #execute(request: Message): Promise<Executed> {
    let remarks: Executed['remarks'] = '';
    const content = await attempt(async () => {
      const ran = await this.#runCell(request);
      remarks = ran.remarks;
      return ran.content;
    });
    return { content: content ?? {}, remarks };
  }

  async #runCell(request: Message): Promise<Executed> {
    const code = textOf(request, 'code');
    const isSilent = flagOf(request, 'silent', false);
    const isCounted = !isSilent && flagOf(request, 'store_history', true) && code.trim() !== '';
    const expressions = objectOf(request, 'user_expressions') as Readonly<Record<string, string>>;
    if (isCounted) this.#executionCount++;
    const line = this.#executionCount;
    if (!isSilent) this.#publish('execute_input', { code, execution_count: line }, request);

    flagOf(request, 'allow_stdin', false); // of wrong shape it is refused now, and not once the cell asks
    const id = this.#remember(request);
    const cell = { id, code, name: `[${line}]`, expressions };
    const { result, remarks } = await runCell(cell, this.#context, this.#checkMode);
    this.#dismissQuestions(id);

    if (result.status === 'error') {
      const error = { ...result.error };
      if (isCounted) this.#context.history.add({ line, code, output: null });
      if (!isSilent) this.#publish('error', error, request);
      return { content: { status: 'error', ...error, user_expressions: {} }, remarks: isSilent ? '' : remarks };
    }
    const shown = result.result?.data['text/plain'];
    if (isCounted) this.#context.history.add({ line, code, output: typeof shown === 'string' ? shown : null });
    if (result.result && !isSilent) {
      this.#publish('execute_result', { execution_count: line, ...result.result }, request);
    }
    const content = { payload: result.payload, user_expressions: result.expressions };
    return { content, remarks: isSilent ? '' : remarks };
  }

  #remember(request: Message): string {
    const { msg_id: id } = request.header;
    this.#cells.set(id, request);
    if (this.#cells.size > REMEMBERED_CELLS) this.#cells.delete(this.#cells.keys().next().value as string);
    return id;
  }

  #onEvent(cellId: string, event: CellEvent): void {
    const cell = this.#cells.get(cellId) ?? null;
    switch (event.kind) {
      case 'stream':
        this.#publish('stream', { name: event.name, text: event.text }, cell);
        break;
      case 'display': {
        const transient = event.displayId === null ? {} : { display_id: event.displayId };
        const type = event.isUpdate ? 'update_display_data' : 'display_data';
        this.#publish(type, { ...event.display, transient }, cell);
        break;
      }
      case 'clear':
        this.#publish('clear_output', { wait: event.wait }, cell);
        break;
      case 'setting':
        if (event.name === 'check') this.#checkMode = event.value;
        else void this.#context.language.setStrict(event.value);
        break;
      case 'comm':
        this.#publishComm(event, cell);
    }
  }

  #publishComm({ commId, data, metadata, ...event }: CommEvent, cell: Message | null): void {
    const { comms } = this.#context;
    const content = { comm_id: commId, data };
    if (event.action === 'open') {
      comms.set(commId, event.target);
      this.#publish('comm_open', { ...content, target_name: event.target }, cell, metadata);
    } else {
      if (event.action === 'close') comms.delete(commId);
      this.#publish(event.action === 'close' ? 'comm_close' : 'comm_msg', content, cell, metadata);
    }
  }

  #onQuestion(cellId: string, prompt: string, isPassword: boolean): Promise<string> {
    const cell = this.#cells.get(cellId);
    if (cell === undefined || cell !== this.#running || !flagOf(cell, 'allow_stdin', false)) {
      const message =
        'Expected a front end that can be asked for input, got one that can not. Give the value in the cell.';
      return Promise.reject(new EvomError('wire', 'no-input', message));
    }
    const line = Promise.withResolvers<string>();
    const placed = { identities: cell.identities, parent: cell.header };
    const { msg_id: id } = this.#send('stdin', 'input_request', { prompt, password: isPassword }, placed);
    this.#questions.set(id, { cellId, line });
    return line.promise;
  }

  /** Some front ends do not say which question they answer; it is the only one, as cells run one at a time. */
  #answer({ parent, content }: Message): void {
    const id = this.#questions.has(parent?.msg_id ?? '') ? (parent?.msg_id ?? '') : [...this.#questions.keys()].at(-1);
    if (id === undefined) return;
    this.#questions.get(id)?.line.resolve(String(content['value'] ?? ''));
    this.#questions.delete(id);
  }

  #dismissQuestions(cellId: string): void {
    for (const [id, question] of this.#questions) {
      if (question.cellId !== cellId) continue;
      this.#questions.delete(id);
      question.line.reject(new EvomError('wire', 'no-input', 'The cell has ended.'));
    }
  }

  #reply(channel: RequestChannel, request: Message, content: JsonObject): void {
    const type = request.header.msg_type.replace(/_request$/, '_reply');
    this.#send(channel, type, content, { identities: request.identities, parent: request.header });
  }

  #publish(type: string, content: JsonObject, request: Message | null, metadata: JsonObject = {}): void {
    this.#send('iopub', type, content, {
      identities: [Buffer.from(type)],
      parent: request?.header ?? null,
      metadata,
    });
  }

  #send(channel: RequestChannel | 'iopub', type: string, content: JsonObject, placed: Placed): Message['header'] {
    const message = this.#message(type, content, placed);
    this.#options.send(channel, message);
    return message.header;
  }

  #message(type: string, content: JsonObject, placed: Placed): Message {
    return { metadata: {}, buffers: [], ...placed, header: this.#options.codec.header(type), content };
  }
}

/** The content of a reply, with a status. A request that cannot be served is answered with the reason. */
async function attempt(serve: () => Promise<JsonObject | null>): Promise<JsonObject | null> {
  try {
    const content = await serve();
    return content === null ? null : { status: 'ok', ...content };
  } catch (error) {
    const { name: ename, message: evalue, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const failure: CellError = { ename, evalue, traceback: stack.split('\n') };
    return { status: 'error', ...failure };
  }
}
