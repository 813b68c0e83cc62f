import { Presets, SingleBar } from 'cli-progress';

export interface Progress extends Disposable {
  increment(): void;
  stop(): void;
}

/** A bar on standard error; nothing where that is no terminal. */
export function progressBar(total: number, what = 'programs'): Progress {
  if (!process.stderr.isTTY || total === 0) return { increment() {}, stop() {}, [Symbol.dispose]() {} };
  const format = `{bar} {value}/{total} ${what} · {eta_formatted} left`;
  const bar = new SingleBar(
    { format, hideCursor: true, clearOnComplete: true, stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  const stop = (): void => bar.stop();
  return { increment: () => bar.increment(), stop, [Symbol.dispose]: stop };
}
