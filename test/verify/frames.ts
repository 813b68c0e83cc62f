/** Bytes and run replies as a fork server would send them, for tests without one. */

import type { ErrorClaim, Report, RunReply, SolveClaim } from '../../src/verify/protocol.ts';

export const NO_ERROR: ErrorClaim = {
  type: 'ValueError',
  message: 'bad',
  line: 3,
  missing: null,
  errno: null,
  bases: ['ValueError', 'Exception', 'BaseException', 'object'],
};

export const OPTIMAL_CLAIM: SolveClaim = {
  api: 'highspy',
  rawStatus: 'Optimal',
  objective: 6,
  format: 'mps',
  model: 'NAME\nENDATA\n',
  exportError: null,
};

/** A run that ended well, solved nothing and left plenty of room. */
export function reply(changes: Partial<RunReply> = {}, report: Partial<Report> = {}): RunReply {
  return {
    id: 1,
    started: true,
    exitCode: 0,
    signal: null,
    killed: null,
    wallMs: 12,
    cpuMs: 10,
    peakBytes: 1 << 20,
    logBytes: 0,
    scratchFreeBytes: 1 << 30,
    log: '',
    ...changes,
    report: { intact: true, solveCount: 0, solve: null, error: null, ...report },
  };
}

/** A report as report.py writes it: size of the JSON, the JSON, the model. */
export function reportBytes(document: unknown, model = ''): Buffer {
  const body = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([size, body, Buffer.from(model)]);
}

/** A frame as zygote.py sends it. */
export function replyFrame(facts: object, head: string, tail: string, report: Buffer): Buffer {
  const sizes = { headBytes: Buffer.byteLength(head), tailBytes: Buffer.byteLength(tail), reportBytes: report.length };
  return Buffer.concat([reportBytes({ ...facts, ...sizes }), Buffer.from(head), Buffer.from(tail), report]);
}
