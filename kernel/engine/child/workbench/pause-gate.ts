/** Where a training waits between two steps while it is paused. A step that is under way goes on to its end. */

import { untilAborted } from '../../../../src/verify/until-aborted.ts';

export class PauseGate {
  readonly #onChange: () => void;
  #opening: PromiseWithResolvers<void> | null = null;
  #waitsSince: number | null = null;
  #waitedMs = 0;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** It was asked to wait, whether it waits yet or not. */
  get isShut(): boolean {
    return this.#opening !== null;
  }

  get isWaiting(): boolean {
    return this.#waitsSince !== null;
  }

  /** How long it has waited in all. */
  get waitedMs(): number {
    return this.#waitedMs + (this.#waitsSince === null ? 0 : performance.now() - this.#waitsSince);
  }

  shut(): void {
    if (this.#opening !== null) return;
    this.#opening = Promise.withResolvers();
    this.#onChange();
  }

  open(): void {
    this.#opening?.resolve();
    this.#opening = null;
    this.#onChange();
  }

  /** Resolves at once where it is open. Rejects with the reason of `signal`. */
  async pass(signal: AbortSignal): Promise<void> {
    while (this.#opening !== null) {
      this.#waitsSince = performance.now();
      this.#onChange();
      try {
        await untilAborted(this.#opening.promise, signal);
      } finally {
        this.#waitedMs = this.waitedMs;
        this.#waitsSince = null;
        this.#onChange();
      }
    }
  }
}
