import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mapConcurrent } from '../../src/verify/map-concurrent.ts';

const ORDERS = ['completion', 'input'] as const;

/** Counts what is taken from it and whether it was told to end. */
function countingSource(size: number) {
  const source = {
    taken: 0,
    isReturned: false,
    *[Symbol.iterator](): Generator<number> {
      try {
        while (source.taken < size) yield source.taken++;
      } finally {
        source.isReturned = true;
      }
    },
  };
  return source;
}

async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const collected: Value[] = [];
  for await (const value of values) collected.push(value);
  return collected;
}

describe('mapConcurrent', () => {
  it('gives results as they finish, or in the order of the items', async () => {
    const task = async (delay: number) => {
      await sleep(delay);
      return delay;
    };
    expect(await collect(mapConcurrent([60, 30, 1], 3, 'completion', task))).toEqual([1, 30, 60]);
    expect(await collect(mapConcurrent([60, 30, 1], 3, 'input', task))).toEqual([60, 30, 1]);
  });

  it.each(ORDERS)('gives every result exactly once, whatever the delays (%s)', async (order) => {
    const task = async (item: number) => {
      await sleep((item * 7) % 5);
      return item;
    };
    const results = await collect(mapConcurrent(countingSource(200), 7, order, task));
    expect(order === 'input' ? results : results.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 200 }, (_, index) => index),
    );
  });

  it.each(ORDERS)('never has more than the limit in work (%s)', async (order) => {
    let inWork = 0;
    let most = 0;
    const task = async (item: number) => {
      most = Math.max(most, ++inWork);
      await sleep(item % 3);
      inWork--;
      return item;
    };
    await collect(mapConcurrent(countingSource(50), 4, order, task));
    expect(most).toBe(4);
  });

  it.each(ORDERS)('takes no more than the limit from the source while nobody reads (%s)', async (order) => {
    const source = countingSource(1000);
    const results = mapConcurrent(source, 5, order, async (item) => item);
    expect(source.taken).toBe(0);
    for (let read = 1; read <= 20; read++) {
      await results.next();
      await sleep(2);
      expect(source.taken).toBeLessThanOrEqual(read + 5);
    }
    await results.return(undefined);
  });

  it('hands results on while the source is still busy, so that a source may wait for them', async () => {
    const seen: number[] = [];
    let wake = (): void => {};
    async function* feedback(): AsyncGenerator<number> {
      for (let item = 0; item < 5; item++) {
        yield item;
        while (seen.length <= item) await new Promise<void>((resolve) => (wake = resolve));
      }
    }
    for await (const result of mapConcurrent(feedback(), 4, 'completion', async (item) => item)) {
      seen.push(result);
      wake();
    }
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });

  it.each(ORDERS)('rejects with the first failure of a task, and ends the source (%s)', async (order) => {
    const source = countingSource(1000);
    const task = async (item: number) => {
      if (item === 3) throw new Error('broken');
      return item;
    };
    await expect(collect(mapConcurrent(source, 2, order, task))).rejects.toThrow('broken');
    expect(source.isReturned).toBe(true);
    expect(source.taken).toBeLessThan(10);
  });

  it('rejects with the failure of its source', async () => {
    async function* source(): AsyncGenerator<number> {
      yield 1;
      throw new Error('source');
    }
    await expect(collect(mapConcurrent(source(), 2, 'completion', async (item) => item))).rejects.toThrow('source');
  });

  it('ends the source where the reader leaves', async () => {
    const source = countingSource(1000);
    for await (const result of mapConcurrent(source, 3, 'completion', async (item) => item)) if (result > 5) break;
    expect(source.isReturned).toBe(true);
  });

  it('leaves a source that never answers where its signal fires', async () => {
    const stop = new AbortController();
    async function* silent(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => {});
    }
    const results = mapConcurrent(silent(), 3, 'completion', async (item) => item, stop.signal);
    expect(await results.next()).toEqual({ done: false, value: 1 });
    const waiting = results.next();
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  it.each(ORDERS)('is empty for an empty source (%s)', async (order) => {
    expect(await collect(mapConcurrent([], 3, order, async (item) => item))).toEqual([]);
  });
});
