import { describe, expect, it } from 'vitest';
import { encodeCancel, encodeRequest, FrameReader, readReport } from '../../src/verify/protocol.ts';
import { NO_ERROR, replyFrame, reportBytes } from './frames.ts';

const SOLVE = { api: 'highspy', rawStatus: 'Optimal', objective: 6, format: 'mps', exportError: null };
const MODEL = 'NAME größe\nENDATA\n';
const REPORT = reportBytes(
  { solveCount: 2, solve: { ...SOLVE, modelBytes: Buffer.byteLength(MODEL) }, error: NO_ERROR },
  MODEL,
);
const HELLO = { ready: true, version: '1.15.1', landlockAbi: 6 };
const FACTS = { id: 7, started: true, exitCode: 0, logBytes: 9 };

describe('FrameReader', () => {
  const stream = Buffer.concat([
    reportBytes(HELLO),
    replyFrame(FACTS, 'line 1\nlä', '', REPORT),
    replyFrame({ ...FACTS, id: 8, logBytes: 100 }, 'begin', 'end', reportBytes({})),
    reportBytes({ ready: false, reason: 'no module', trace: '' }),
  ]);

  it('gives the same frames whatever byte the stream is split at', () => {
    const whole = new FrameReader().push(stream);
    expect(whole).toHaveLength(4);
    expect(whole[1]).toMatchObject({ id: 7, log: 'line 1\nlä', report: { solveCount: 2, solve: { model: MODEL } } });
    for (let split = 0; split <= stream.length; split++) {
      const reader = new FrameReader();
      expect([...reader.push(stream.subarray(0, split)), ...reader.push(stream.subarray(split))]).toEqual(whole);
    }
    const oneByOne = new FrameReader();
    expect([...stream].flatMap((byte) => oneByOne.push(Buffer.of(byte)))).toEqual(whole);
  });

  it('says how much of a long log was cut from its middle', () => {
    const [frame] = new FrameReader().push(replyFrame({ ...FACTS, logBytes: 100 }, 'begin', 'end', Buffer.alloc(0)));
    expect(frame).toMatchObject({ log: 'begin\n[… 92 bytes cut …]\nend', report: { intact: false } });
  });

  it('takes a large frame in small parts in linear time', () => {
    const large = replyFrame({ ...FACTS, logBytes: 1 }, 'x', '', Buffer.alloc(16 << 20));
    const reader = new FrameReader();
    const started = performance.now();
    const frames = [];
    for (let at = 0; at < large.length; at += 4096) frames.push(...reader.push(large.subarray(at, at + 4096)));
    expect(frames).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('readReport', () => {
  it('reads what the hook wrote', () => {
    expect(readReport(REPORT)).toEqual({
      intact: true,
      solveCount: 2,
      solve: { ...SOLVE, model: MODEL },
      error: NO_ERROR,
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['three bytes', Buffer.alloc(3)],
    ['half a document', REPORT.subarray(0, REPORT.length / 2)],
    ['a document cut inside its model', REPORT.subarray(0, -1)],
    ['a second document behind the first', Buffer.concat([REPORT, REPORT])],
    ['a size of 4 GiB', Buffer.concat([Buffer.alloc(4, 0xff), Buffer.from('{}')])],
    ['a negative model size', reportBytes({ solve: { ...SOLVE, modelBytes: -1 } })],
    ['a model size that is no number', reportBytes({ solve: { ...SOLVE, modelBytes: [] } })],
    ['no JSON', reportBytes('{"solve": ')],
    ['an array', reportBytes([1])],
    ['a number', reportBytes(5)],
    ['null', reportBytes(null)],
    ['random bytes', Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 7919) & 255))],
  ])('takes %s for no report', (_, bytes) => {
    expect(readReport(bytes)).toEqual({ intact: false, solveCount: 0, solve: null, error: null });
  });

  it.each([
    ['deep', '['.repeat(32 << 20)],
    ['wide', `[${'{},'.repeat(10 << 20)}0]`],
  ])('refuses a %s document of 32 MiB without parsing it', (_, text) => {
    const bytes = reportBytes(text);
    const started = performance.now();
    expect(readReport(bytes).intact).toBe(false);
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('survives a document nested as deep as the limit allows', () => {
    const depth = 100_000;
    const text = `{"solveCount": 1, "error": ${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(readReport(reportBytes(text))).toEqual({ intact: true, solveCount: 1, solve: null, error: null });
  });

  it('replaces fields of the wrong kind instead of passing them on', () => {
    const forged = {
      solveCount: '5',
      solve: { api: 1, rawStatus: null, objective: '6', format: 'exe', exportError: {} },
      error: { type: 7, message: [], line: '1', missing: {}, errno: 'EPERM', bases: [1, 'Exception', null] },
    };
    expect(readReport(reportBytes(forged))).toEqual({
      intact: true,
      solveCount: 0,
      solve: { api: '', rawStatus: '', objective: null, format: null, model: null, exportError: null },
      error: { type: 'Exception', message: '', line: null, missing: null, errno: null, bases: ['Exception'] },
    });
    expect(readReport(reportBytes('{"solve": {"objective": 1e999}}')).solve?.objective).toBeNull();
    expect(readReport(reportBytes({ solveCount: -3 })).solveCount).toBe(0);
    expect(readReport(reportBytes({ solve: [SOLVE], error: 'x' }))).toMatchObject({ solve: null, error: null });
  });
});

describe('requests', () => {
  const limits = { cpuMs: 1, wallMs: 2, memoryBytes: 3, logBytes: 4, threads: 1 };

  it('name the size of the program in bytes, not in characters', () => {
    const frame = encodeRequest(3, { program: 'print("größe €")', ...limits });
    const header = JSON.parse(frame.toString('utf8', 4, 4 + frame.readUInt32LE(0)));
    expect(header).toEqual({ id: 3, ...limits, programBytes: Buffer.byteLength('print("größe €")') });
    expect(frame.toString('utf8', 4 + frame.readUInt32LE(0))).toBe('print("größe €")');
    expect(JSON.parse(encodeCancel(3).toString('utf8', 4))).toEqual({ cancel: 3 });
  });
});
