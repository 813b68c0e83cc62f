import { Presets, SingleBar } from 'cli-progress';

/** A bar on standard error; nothing where that is no terminal. */
export function progressBar(total: number): { increment: () => void; stop: () => void } {
  if (!process.stderr.isTTY || total === 0) return { increment: () => {}, stop: () => {} };
  const format = '{bar} {value}/{total} programs · {eta_formatted} left';
  const bar = new SingleBar(
    { format, hideCursor: true, clearOnComplete: true, stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { increment: () => bar.increment(), stop: () => bar.stop() };
}
