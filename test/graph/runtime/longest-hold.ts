import { performance } from 'node:perf_hooks';
import process from 'node:process';

/**
 * Longest time, in ms, that this thread held up its event loop while `work` was under way. A late turn counts as far as
 * this thread was computing: on a busy machine it may also have waited for a processor.
 */
export async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let [wall, busy] = [performance.now(), busyMs()];
  const timer = setInterval(() => {
    const now = [performance.now(), busyMs()] as const;
    longest = Math.max(longest, Math.min(now[0] - wall, now[1] - busy));
    [wall, busy] = now;
  }, 2);
  await work();
  clearInterval(timer);
  return longest;
}

function busyMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
