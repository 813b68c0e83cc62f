/**
 * The wire between Node and a fork server (zygote.py), and the report of a program's process (report.py).
 *
 * Frame: u32 little-endian length, a JSON header of that length, then the bodies whose sizes the header names.
 *
 *     request  {id, cpuMs, wallMs, memoryBytes, logBytes, threads, programBytes} program
 *              {cancel: id}
 *     hello    {ready: true, version, landlockAbi} | {ready: false, reason, trace, offered?}
 *     reply    {id, started, exitCode, signal, killed, wallMs, cpuMs, …, headBytes, tailBytes, reportBytes} head tail report
 *
 * A reply's header holds kernel facts and is trusted; its report is a claim of untrusted code and is checked here.
 */

import type { Limits } from '../config.ts';

/** What the fork server is asked to run, and within which limits. */
export interface RunRequest extends Limits {
  readonly program: string;
}

/** First word of a fork server. */
export type Hello =
  | { readonly ready: true; readonly version: string; readonly landlockAbi: number }
  | { readonly ready: false; readonly reason: string; readonly trace: string; readonly offered?: string };

/** Why the fork server stopped a program itself. */
export type KillReason = 'cpu' | 'wall' | 'threads' | 'scratch' | 'cancelled' | 'shutdown';

/** Kernel facts about one run, with the log and the unchecked report. */
export interface RunReply {
  readonly id: number;
  /** All fences stood when the program began; false means that we failed to start it. */
  readonly started: boolean;
  readonly exitCode: number | null;
  readonly signal: number | null;
  readonly killed: KillReason | null;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  /** How much the program wrote; `log` is its beginning and end where that is more than the limit. */
  readonly logBytes: number;
  readonly scratchFreeBytes: number;
  readonly log: string;
  readonly report: Report;
}

/** What the program's process claims. `intact` is false where the document is missing, broken or out of shape. */
export interface Report {
  readonly intact: boolean;
  readonly solveCount: number;
  readonly solve: SolveClaim | null;
  readonly error: ErrorClaim | null;
}

/** Beside MPS the formats of the solvers' own, which only they read. */
const MODEL_FORMATS = ['mps', 'cip', 'cp-sat', 'mathopt'] as const;
export type ModelFormat = (typeof MODEL_FORMATS)[number];

export interface SolveClaim {
  readonly api: string;
  readonly rawStatus: string;
  readonly objective: number | null;
  readonly format: ModelFormat | null;
  /** The exported model's text. */
  readonly model: string | null;
  readonly exportError: string | null;
}

export interface ErrorClaim {
  readonly type: string;
  readonly message: string;
  readonly line: number | null;
  /** The name missing from the solver's API, where that is what went wrong. */
  readonly missing: string | null;
  readonly errno: number | null;
  /** The exception's class and its bases, nearest first. */
  readonly bases: readonly string[];
}

/** A hostile document of some MiB would hold up Node for seconds; only the model, which is not parsed here, is large. */
const MAX_DOCUMENT_BYTES = 256 * 1024;

const NO_REPORT: Report = { intact: false, solveCount: 0, solve: null, error: null };

export function encodeRequest(id: number, request: RunRequest): Buffer {
  const program = Buffer.from(request.program, 'utf8');
  const { program: _, ...limits } = request;
  return Buffer.concat([encodeHeader({ id, ...limits, programBytes: program.length }), program]);
}

export function encodeCancel(id: number): Buffer {
  return encodeHeader({ cancel: id });
}

function encodeHeader(header: object): Buffer {
  const body = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
}

/** Cuts a byte stream into frames. `push` returns every frame that is complete. */
export class FrameReader {
  #parts: Buffer[] = [];
  #size = 0;
  #needed = 4;

  push(part: Buffer): (Hello | RunReply)[] {
    this.#parts.push(part);
    this.#size += part.length;
    if (this.#size < this.#needed) return [];
    let data = Buffer.concat(this.#parts);
    const frames: (Hello | RunReply)[] = [];
    for (;;) {
      const frame = readFrame(data);
      if ('needed' in frame) {
        this.#needed = frame.needed;
        break;
      }
      frames.push(frame.value);
      data = data.subarray(frame.size);
    }
    this.#parts = [data];
    this.#size = data.length;
    return frames;
  }
}

function readFrame(data: Buffer): { needed: number } | { value: Hello | RunReply; size: number } {
  if (data.length < 4) return { needed: 4 };
  const bodyStart = 4 + data.readUInt32LE(0);
  if (data.length < bodyStart) return { needed: bodyStart };
  const header = JSON.parse(data.toString('utf8', 4, bodyStart));
  if ('ready' in header) return { value: header, size: bodyStart };
  const { headBytes, tailBytes, reportBytes, ...facts } = header;
  const tailStart = bodyStart + headBytes;
  const reportStart = tailStart + tailBytes;
  const size = reportStart + reportBytes;
  if (data.length < size) return { needed: size };
  const log = readLog(data.subarray(bodyStart, tailStart), data.subarray(tailStart, reportStart), facts.logBytes);
  return { value: { ...facts, log, report: readReport(data.subarray(reportStart, size)) }, size };
}

function readLog(head: Buffer, tail: Buffer, total: number): string {
  if (tail.length === 0) return head.toString('utf8');
  return `${head.toString('utf8')}\n[… ${total - head.length - tail.length} bytes cut …]\n${tail.toString('utf8')}`;
}

/** Checks every field: the document may have been written by the program itself. Layout: see report.py. */
export function readReport(data: Buffer): Report {
  if (data.length < 4) return NO_REPORT;
  const documentBytes = data.readUInt32LE(0);
  const model = data.subarray(4 + documentBytes);
  if (documentBytes > Math.min(MAX_DOCUMENT_BYTES, data.length - 4)) return NO_REPORT;
  let document: unknown;
  try {
    document = JSON.parse(data.toString('utf8', 4, 4 + documentBytes));
  } catch {
    return NO_REPORT;
  }
  if (!isRecord(document)) return NO_REPORT;
  const solve = isRecord(document['solve']) ? document['solve'] : null;
  if (model.length !== (solve?.['modelBytes'] ?? 0)) return NO_REPORT;
  return {
    intact: true,
    solveCount: Number.isSafeInteger(document['solveCount']) ? Math.max(0, Number(document['solveCount'])) : 0,
    solve: solve && readSolve(solve, model),
    error: readError(document['error']),
  };
}

function readSolve(value: Record<string, unknown>, model: Buffer): SolveClaim {
  const format = value['format'];
  return {
    api: text(value['api']) ?? '',
    rawStatus: text(value['rawStatus']) ?? '',
    objective: finite(value['objective']),
    format: MODEL_FORMATS.find((known) => known === format) ?? null,
    model: model.length > 0 ? model.toString('utf8') : null,
    exportError: text(value['exportError']),
  };
}

function readError(value: unknown): ErrorClaim | null {
  if (!isRecord(value)) return null;
  const bases = Array.isArray(value['bases']) ? value['bases'].filter((base) => typeof base === 'string') : [];
  return {
    type: text(value['type']) ?? 'Exception',
    message: text(value['message']) ?? '',
    line: finite(value['line']),
    missing: text(value['missing']),
    errno: finite(value['errno']),
    bases: bases.slice(0, 20),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
