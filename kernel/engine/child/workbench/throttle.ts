/** Calls at once and then no more often than every `everyMs`, the last time after the last touch. */

export interface Throttle {
  touch(): void;
  stop(): void;
}

export function createThrottle(everyMs: number, call: () => void): Throttle {
  let timer: NodeJS.Timeout | null = null;
  let nextAt = Number.NEGATIVE_INFINITY;
  const run = (): void => {
    timer = null;
    nextAt = performance.now() + everyMs;
    call();
  };
  return {
    touch() {
      if (timer !== null) return;
      const wait = nextAt - performance.now();
      if (wait <= 0) run();
      else timer = setTimeout(run, wait);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
