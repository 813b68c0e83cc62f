import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Semaphore } from '../../src/verify/semaphore.ts';

it('lets in as many as it has places, and the others in order', async () => {
  const semaphore = new Semaphore(2);
  const entered: number[] = [];
  let inside = 0;
  let most = 0;
  const results = await Promise.all(
    Array.from({ length: 9 }, (_, index) =>
      semaphore.hold(async () => {
        entered.push(index);
        most = Math.max(most, ++inside);
        await sleep(index % 3);
        inside--;
        return index;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(entered).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(results).toEqual(entered);
});

it('gives the place back where a task fails', async () => {
  const semaphore = new Semaphore(1);
  const failing = () => semaphore.hold(() => Promise.reject(new Error('task')));
  const outcomes = await Promise.allSettled([failing(), failing(), semaphore.hold(async () => 'in')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});
