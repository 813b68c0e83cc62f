/** Stopping early and in order: what runs is cancelled, what is done is kept. */

/** Aborts on the first Ctrl-C or SIGTERM, or when the reader of standard output has left (`evom … | head`). */
export interface Stop extends Disposable {
  readonly signal: AbortSignal;
  /** True where the reader left, which is no failure. */
  readonly isReaderGone: boolean;
}

/** Listens until disposed of. A second Ctrl-C ends the process at once, as without this. */
export function listenForStop(): Stop {
  const controller = new AbortController();
  let isReaderGone = false;
  const interrupt = (): void => controller.abort(new Error('interrupted'));
  const leave = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') return;
    isReaderGone = true;
    interrupt();
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  process.stdout.on('error', leave);
  return {
    signal: controller.signal,
    get isReaderGone() {
      return isReaderGone;
    },
    [Symbol.dispose]() {
      process.removeListener('SIGINT', interrupt).removeListener('SIGTERM', interrupt);
      process.stdout.removeListener('error', leave);
    },
  };
}
