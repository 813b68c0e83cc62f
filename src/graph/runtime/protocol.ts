/** What the runtime and its thread say to each other. Requests are answered in the order in which they were sent. */

import type { DataType, TensorData } from '../tensor.ts';
import type { Device } from './device.ts';

/** Part of a buffer, or all of it, as a tensor. */
export interface BufferView {
  readonly buffer: string;
  /** In elements; default 0. */
  readonly offset?: number;
  readonly shape: readonly number[];
}

/** A tensor whose numbers are on the caller's side. Row-major; `[]` is a scalar. */
export interface HostTensor {
  readonly type: DataType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export type Feed = BufferView | HostTensor;

/**
 * Where an output goes: `host` brings it to the caller; a view writes it straight into a buffer; a buffer's name writes
 * it to the buffer's start, whatever its shape turns out to be.
 */
export type Fetch = 'host' | BufferView | string;

/** `count` pieces of `length` elements, the next one `fromStride` and `toStride` elements on. */
export interface CopyPiece {
  readonly fromOffset: number;
  readonly toOffset: number;
  readonly length: number;
  readonly count: number;
  readonly fromStride: number;
  readonly toStride: number;
}

/** A loaded graph. */
export interface Session {
  readonly id: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export type Command =
  | {
      readonly kind: 'start';
      readonly threads: number;
      readonly devices: readonly Device[];
      readonly probe: Uint8Array;
    }
  | { readonly kind: 'allocate'; readonly buffer: string; readonly type: DataType; readonly size: number }
  | { readonly kind: 'free'; readonly buffer: string }
  | { readonly kind: 'write'; readonly buffer: string; readonly offset: number; readonly data: TensorData }
  | { readonly kind: 'read'; readonly buffer: string; readonly offset: number; readonly size: number }
  | {
      readonly kind: 'fill';
      readonly buffer: string;
      readonly offset: number;
      readonly size: number;
      readonly value: number;
    }
  | {
      readonly kind: 'copy';
      /** From and to, by name; each pair gets every piece. */
      readonly buffers: readonly (readonly [from: string, to: string])[];
      readonly pieces: readonly CopyPiece[];
    }
  | { readonly kind: 'load'; readonly model: Uint8Array; readonly bound: Readonly<Record<string, BufferView>> }
  | { readonly kind: 'unload'; readonly session: number }
  | {
      readonly kind: 'run';
      readonly session: number;
      readonly feeds: Readonly<Record<string, Feed>>;
      readonly fetches: Readonly<Record<string, Fetch>>;
    }
  | { readonly kind: 'close' };

/** What each command is answered with. */
export interface Answers {
  readonly start: Device;
  readonly allocate: null;
  readonly free: null;
  readonly write: null;
  readonly read: TensorData;
  readonly fill: null;
  readonly copy: null;
  readonly load: Session;
  readonly unload: null;
  /** Every output that was fetched; `data` is empty for what went into a buffer. */
  readonly run: Readonly<Record<string, HostTensor>>;
  readonly close: null;
}
export type CommandOf<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

export interface Request {
  readonly id: number;
  readonly command: Command;
}

/** Places in the state that both sides share: 1 once nothing more is to be run, and 1 while a command is executed. */
export const HAS_ENDED = 0;
export const IS_BUSY = 1;

/** A failure keeps its code and message; the caller's side makes an `EvomError` of it. */
export type Reply =
  | { readonly id: number; readonly answer: Answers[keyof Answers] }
  | { readonly id: number; readonly failure: { readonly code: string; readonly message: string } };
