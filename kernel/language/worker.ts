/** The thread of `language.ts`. What is thrown here ends it, as tslab's converter is of no use after an error. */

import { parentPort, workerData } from 'node:worker_threads';
import { keepCompiled } from '../compiled.ts';
import { createService, type Memory, type Service, type ServiceOptions } from './service.ts';

export type Method = Exclude<keyof Service, 'memory'>;

export interface Question {
  readonly id: number;
  readonly method: Method;
  readonly given: readonly unknown[];
}

export interface Answer {
  readonly id: number;
  readonly value: unknown;
  /** Where the question changed it. */
  readonly memory: Memory | null;
}

const CHANGING: ReadonlySet<Method> = new Set(['check', 'setStrict']);

keepCompiled();
const service = createService(workerData as ServiceOptions);

parentPort?.on('message', ({ id, method, given }: Question) => {
  const value = (service[method] as (...given: readonly unknown[]) => unknown)(...given);
  const answer: Answer = { id, value, memory: CHANGING.has(method) ? service.memory : null };
  parentPort?.postMessage(answer);
});
