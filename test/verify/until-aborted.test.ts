import { expect, it } from 'vitest';
import { untilAborted } from '../../src/verify/until-aborted.ts';

const never = new Promise<never>(() => {});

it('passes a value or a rejection on, with or without a signal', async () => {
  for (const signal of [undefined, new AbortController().signal]) {
    expect(await untilAborted(Promise.resolve(5), signal)).toBe(5);
    await expect(untilAborted(Promise.reject(new Error('own')), signal)).rejects.toThrow('own');
  }
});

it('rejects with the reason as soon as the signal fires, or has fired', async () => {
  const stop = new AbortController();
  const waiting = untilAborted(never, stop.signal);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(untilAborted(never, stop.signal)).rejects.toThrow('enough');
});

it('leaves nothing unhandled where the work fails after the signal', async () => {
  const late = Promise.withResolvers<number>();
  await expect(untilAborted(late.promise, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  late.reject(new Error('too late')); // an unhandled rejection would fail this run
  await new Promise((resolve) => setTimeout(resolve, 5));
});
