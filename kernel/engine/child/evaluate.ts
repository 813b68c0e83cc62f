/**
 * Runs compiled cells as V8's own read-evaluate-print loop does (`Runtime.evaluate` with `replMode`), through an inspector
 * session of this thread: `await` at the top, variables that outlive the cell, and no wrapper around its code.
 */

import { Session } from 'node:inspector';
import { BRIDGE } from '../compile-cell.ts';

export interface Evaluator {
  /** Resolves with what was thrown, boxed, or null. A script that the watchdog ended has thrown {@link Interrupted}. */
  evaluate(code: string, name: string): Promise<{ readonly thrown: unknown } | null>;
}

/** Thrown in place of whatever an interrupted cell would have done. */
export class Interrupted extends Error {
  override readonly name = 'KeyboardInterrupt';

  constructor() {
    super('The cell was interrupted.');
    this.stack = '';
  }
}

interface RemoteValue {
  readonly objectId?: string;
  readonly value?: unknown;
  readonly unserializableValue?: string;
}

interface EvaluateReply {
  readonly exceptionDetails?: { readonly exception?: RemoteValue; readonly text: string };
}

export function createEvaluator(): Evaluator {
  const session = new Session();
  session.connect();
  const post = <Reply>(method: string, parameters: object): Promise<Reply> =>
    new Promise((resolve, reject) => {
      session.post(method, parameters, (error, reply) => (error ? reject(error) : resolve(reply as Reply)));
    });

  return {
    async evaluate(code, name) {
      const expression = `${code}\n//# sourceURL=${name}`;
      try {
        const reply = await post<EvaluateReply>('Runtime.evaluate', { expression, replMode: true, awaitPromise: true });
        if (reply.exceptionDetails === undefined) return null;
        return await thrownValue(reply.exceptionDetails.exception);
      } catch {
        return { thrown: new Interrupted() };
      }
    },
  };

  /** The thrown value itself: the inspector knows it by a handle, and hands it to a function of ours. Boxed: it may be a promise. */
  async function thrownValue(remote: RemoteValue | undefined): Promise<{ readonly thrown: unknown }> {
    if (remote?.objectId === undefined) return { thrown: remote?.unserializableValue ?? remote?.value };
    const { objectId } = remote;
    const functionDeclaration = `function () { 'use strict'; globalThis.${BRIDGE}.thrown = this }`;
    await post('Runtime.callFunctionOn', { objectId, functionDeclaration });
    const bridge = (globalThis as unknown as Record<string, { thrown?: unknown }>)[BRIDGE] as { thrown?: unknown };
    const { thrown } = bridge;
    delete bridge.thrown;
    return { thrown };
  }
}
