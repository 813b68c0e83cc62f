/** What cells reach of the front end: the global `jupyter`, and `display`. */

import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../wire/message.ts';
import type { CommEvent } from '../engine.ts';
import { tell } from './channel.ts';
import { currentCell } from './current-cell.ts';
import { emit, flushOutput } from './output.ts';
import { displayOf, show } from './show.ts';

export interface DisplayOptions {
  /** A name under which it can be replaced later. */
  readonly id?: string;
  /** Replaces what was shown under `id`. Default false. */
  readonly update?: boolean;
}

/** This end of a comm. */
export interface Comm {
  readonly id: string;
  send(data: JsonObject): void;
  close(data?: JsonObject): void;
  onMessage(listener: (data: JsonObject) => void): void;
  /** The front end has closed it. */
  onClose(listener: () => void): void;
}

/** Who listens at a comm. */
interface Listeners {
  readonly message: Set<(data: JsonObject) => void>;
  readonly close: Set<() => void>;
}

type CommListener = (comm: Comm, data: JsonObject) => void;

const targets = new Map<string, CommListener>();
const comms = new Map<string, Listeners>();
const questions = new Map<number, PromiseWithResolvers<string>>();
let asked = 0;

export async function display(value: unknown, { id, update = false }: DisplayOptions = {}): Promise<void> {
  const shown = await (id === undefined ? show(value) : displayOf(value));
  if (shown !== null) emit({ kind: 'display', display: shown, displayId: id ?? null, isUpdate: update });
}

function ask(prompt: string, isPassword: boolean): Promise<string> {
  flushOutput();
  const id = asked++;
  const answer = Promise.withResolvers<string>();
  questions.set(id, answer);
  tell({ kind: 'question', id, cellId: currentCell().id, prompt, isPassword });
  return answer.promise;
}

/** The kernel's answer to a question; null: nobody could be asked, for `reason`. */
export function settleQuestion(id: number, line: string | null, reason: string): void {
  const question = questions.get(id);
  questions.delete(id);
  if (line === null) question?.reject(new Error(reason));
  else question?.resolve(line);
}

function openComm(target: string, data: JsonObject = {}): Comm {
  const comm = commOf(randomUUID());
  emitComm({ action: 'open', target, commId: comm.id, data, metadata: {} });
  return comm;
}

/**
 * From the front end. A comm to a target that nobody listens at is closed at once, and so is one that is not known: of a
 * process before this one.
 */
export function receiveComm(event: CommEvent): void {
  if (event.action === 'open') {
    const listener = targets.get(event.target);
    const comm = commOf(event.commId);
    if (listener) listener(comm, event.data);
    else comm.close();
    return;
  }
  const listeners = comms.get(event.commId);
  if (event.action === 'close') {
    comms.delete(event.commId);
    for (const listener of listeners?.close ?? []) listener();
  } else if (listeners === undefined) {
    emitComm({ action: 'close', commId: event.commId, data: {}, metadata: {} });
  } else {
    for (const listener of listeners.message) listener(event.data);
  }
}

function commOf(id: string): Comm {
  const listeners: Listeners = { message: new Set(), close: new Set() };
  comms.set(id, listeners);
  return {
    id,
    send: (data) => emitComm({ action: 'message', commId: id, data, metadata: {} }),
    close(data = {}) {
      comms.delete(id);
      emitComm({ action: 'close', commId: id, data, metadata: {} });
    },
    onMessage: (listener) => void listeners.message.add(listener),
    onClose: (listener) => void listeners.close.add(listener),
  };
}

function emitComm(event: CommEvent): void {
  emit({ kind: 'comm', ...event });
}

/** The global `jupyter`. */
export interface Jupyter {
  /** Shows a value below the cell; a bundle is one under `Symbol.for('Jupyter.display')`. */
  display(value: unknown, options?: DisplayOptions): Promise<void>;
  /** Removes what the cell has shown; with `wait` only once something new comes. */
  clearOutput(wait?: boolean): void;
  /** Asks for a line. Rejects where the front end cannot be asked. */
  input(prompt?: string): Promise<string>;
  /** As `input`; what is typed is not shown. */
  password(prompt?: string): Promise<string>;
  openComm(target: string, data?: JsonObject): Comm;
  /** `listener` is told of comms that the front end opens to `target`. */
  onComm(target: string, listener: CommListener): void;
  /** Puts text into a new cell, or in place of this one. */
  setNextInput(text: string, replace?: boolean): void;
  /** Shows a text in the front end's pager. */
  page(text: string): void;
  /** Fires when the running cell is interrupted. */
  readonly signal: AbortSignal;
}

export const jupyter: Jupyter = {
  display,
  clearOutput: (wait = false) => emit({ kind: 'clear', wait }),
  input: (prompt = '') => ask(prompt, false),
  password: (prompt = '') => ask(prompt, true),
  openComm,
  onComm: (target, listener) => void targets.set(target, listener),
  setNextInput(text, replace = false) {
    currentCell().payload.push({ source: 'set_next_input', text, replace });
  },
  page(text) {
    currentCell().payload.push({ source: 'page', data: { 'text/plain': text }, start: 0 });
  },
  get signal() {
    return currentCell().signal;
  },
};
