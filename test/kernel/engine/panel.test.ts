/** The side panel's comm, on a real child that trains. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createChildEngine } from '../../../kernel/engine/child-engine.ts';
import type { CellResult, CommEvent, Engine } from '../../../kernel/engine/engine.ts';
import type { LiveRunData, PanelAnswers, PanelMessage, PanelRequest, SessionData } from '../../../kernel/spec/comm.ts';
import type { RunData } from '../../../kernel/spec/mime.ts';
import type { JsonObject } from '../../../kernel/wire/message.ts';

interface Told {
  readonly at: number;
  readonly message: PanelMessage;
}

const folder = mkdtempSync(join(tmpdir(), 'evom-panel-'));
let engine: Engine;
let told: Told[] = [];
let displays: unknown[] = [];
let comms: CommEvent[] = [];
let count = 0;

beforeAll(async () => {
  engine = createChildEngine(
    {
      onEvent(_, event) {
        if (event.kind === 'display') displays.push(event.display.data);
        if (event.kind !== 'comm') return;
        comms.push(event);
        told.push({ at: performance.now(), message: event.data as unknown as PanelMessage });
      },
      onQuestion: () => Promise.reject(new Error('nobody is asked')),
    },
    { folder },
  );
  await run(`await evom.problems('synthetic:1:8'); await evom.policy('scripted')`);
  engine.receiveComm({ action: 'open', target: 'evom.panel', commId: 'panel', data: {}, metadata: {} });
}, 60_000);
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  [told, displays, comms] = [[], [], []];
});

function run(code: string): Promise<CellResult> {
  count += 1;
  return engine.execute({ id: `cell ${count}`, code, name: `[${count}]`, expressions: {} });
}

function send(request: PanelRequest): void {
  engine.receiveComm({ action: 'message', commId: 'panel', data: request as unknown as JsonObject, metadata: {} });
}

const sessions = (): SessionData[] =>
  told.flatMap(({ message }) => (message.kind === 'session' ? [message.session] : []));
const runs = (): LiveRunData[] =>
  told.flatMap(({ message }) => (message.kind === 'runs' && message.runs[0] ? [message.runs[0]] : []));
const until = (isSo: () => boolean) => expect.poll(isSo, { timeout: 20_000, interval: 20 }).toBe(true);

async function ask<About extends keyof PanelAnswers>(
  question: Extract<PanelRequest, { kind: 'ask' }>['question'] & { about: About },
): Promise<PanelAnswers[About] | string> {
  const id = Math.floor(1e9 * Math.random());
  send({ kind: 'ask', id, question });
  const find = () => told.map(({ message }) => message).find((message) => 'id' in message && message.id === id);
  await until(() => find() !== undefined);
  const message = find();
  return message?.kind === 'answer' ? (message.answer as PanelAnswers[About]) : (message as { reason: string }).reason;
}

/** Trains slowly: each step waits a moment after it was stored. */
const training = (name: string, steps: number): string =>
  `const pause = () => new Promise((resolve) => setTimeout(resolve, 300));
   await evom.train({ solver: 'highs', steps: ${steps}, samples: 2, problemsPerStep: 2, run: '${name}',
     betweenSteps: pause })`;

describe('the panel', () => {
  test('hears what the session has chosen, and what can be chosen', async () => {
    send({ kind: 'refresh' });
    await until(() => sessions().length > 0);
    expect(sessions()[0]).toMatchObject({
      problems: { name: 'synthetic:1:8', count: 8 },
      policy: { source: 'scripted', isTrainable: true },
      problemSets: expect.arrayContaining(['tiny', 'synthetic']),
      policies: ['tiny', 'scripted'],
      folders: [],
    });
    await run(`await evom.problems('synthetic:2:4')`);
    await until(() => sessions().at(-1)?.problems?.count === 4);
  });

  test('a training is paused between two steps, goes on, and is stopped with its last step kept', async () => {
    const cell = run(training('paused', 40));
    await until(() => (runs().at(-1)?.progress.done ?? 0) >= 1);
    send({ kind: 'pause', run: 'paused' });
    await until(() => runs().at(-1)?.progress.state === 'paused');
    const { done } = runs().at(-1)!.progress;
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(runs().at(-1)).toMatchObject({ isPausing: false, progress: { done, state: 'paused' } });
    expect(displays.at(-1)).toMatchObject({
      'application/vnd.evom.run.v1+json': {
        run: 'paused',
        folder: join(folder, 'runs/paused'),
        progress: { done, state: 'paused' },
      },
    });

    send({ kind: 'resume', run: 'paused' });
    await until(() => (runs().at(-1)?.progress.done ?? 0) > done);
    expect(runs().at(-1)!.progress.state).toBe('running');
    expect(runs().at(-1)!.accuracy).toMatchObject({ epsilon: 0.05, n: 4 });

    const whole = (await ask({ about: 'run', folder: join(folder, 'runs/paused') })) as RunData;
    expect(whole.steps.length).toBeGreaterThan(done);
    send({ kind: 'stop', run: 'paused' });
    expect(await cell).toMatchObject({ status: 'error', error: { ename: 'KeyboardInterrupt' } });
    await until(() => runs().at(-1)?.progress.state === 'stopped');
    await until(() => (sessions().at(-1)?.folders ?? []).length > 0);
    const stored = runs().at(-1)!.progress.done;
    expect(sessions().at(-1)!.folders).toMatchObject([{ run: 'paused', steps: stored }]);
    expect(displays.at(-1)).toMatchObject({
      'application/vnd.evom.run.v1+json': { progress: { state: 'stopped', done: stored } },
    });

    const again = await run(training('paused', stored + 1));
    expect(again.status).toBe('ok');
    await until(() => runs().at(-1)?.progress.state === 'done');
    expect(runs().at(-1)!.progress).toMatchObject({ done: stored + 1, total: stored + 1 });
  }, 60_000);

  test('stops a run that is paused', async () => {
    const cell = run(training('waits', 9));
    await until(() => runs().at(-1)?.run === 'waits' && runs().at(-1)?.progress.state === 'running');
    send({ kind: 'pause', run: 'waits' });
    await until(() => runs().at(-1)?.progress.state === 'paused');
    send({ kind: 'stop', run: 'waits' });
    expect(await cell).toMatchObject({ status: 'error', error: { ename: 'KeyboardInterrupt' } });
  }, 60_000);

  test('hears of runs at most 15 times a second', async () => {
    await run(`await evom.train({ solver: 'highs', steps: 30, samples: 2, problemsPerStep: 2, run: 'quick' })`);
    const times = told.flatMap(({ at, message }) => (message.kind === 'runs' ? [at] : []));
    expect(times.length).toBeGreaterThan(3);
    expect(times.length).toBeLessThanOrEqual(2 + (15 * (times.at(-1)! - times[0]!)) / 1000);
  }, 60_000);

  test('reads a run and its rollouts from the folder, and says why it cannot', async () => {
    const stored = (await ask({ about: 'run', folder: 'runs/quick' })) as RunData;
    expect(stored).toMatchObject({ run: 'quick', solvers: ['highs'], progress: { state: 'done', done: 30 } });
    const rollouts = await ask({ about: 'rollouts', folder: 'runs/quick', step: 3, limit: 3 });
    expect(rollouts).toMatchObject({
      run: 'quick',
      stage: 'rewarded',
      total: 4,
      rows: [{ step: 3, position: 0 }, {}, {}],
    });
    expect(await ask({ about: 'rollouts', folder: 'runs/quick', step: 99, limit: 3 })).toContain('99');
    expect(await ask({ about: 'run', folder: 'nowhere' })).toContain('nowhere');
    expect(await ask({ about: 'everything' } as never)).toContain('Expected `about`');
  }, 60_000);

  test('runs a program on another solver, judges it where the answer is known, and leaves the session as it was', async () => {
    const program = 'import highspy\nh = highspy.Highs()\nh.maximize(h.addVariable(ub=3))';
    const text = { text: 'How many?', length: 9 };
    const problem = { id: 'p', text, source: 'test', answer: 3 };
    expect(await ask({ about: 'observation', program, solver: 'highs', problem })).toMatchObject({
      ...{ solver: 'highs', verdict: 'correct', objective: 3, expected: 3, relativeError: 0, problem },
      program: { text: program },
      model: { format: 'lp', solution: { nonzeros: 1 } },
    });
    expect(await ask({ about: 'observation', program, solver: 'scip', problem: null })).toMatchObject({
      ...{ solver: 'scip', outcome: 'no-solve', verdict: null, expected: null },
      detail: expect.stringContaining('SCIP'),
    });
    expect(await ask({ about: 'observation', program, solver: 'none' } as never)).toContain('Expected `program`');
    expect(sessions()).toEqual([]);
  }, 60_000);

  test('commands for a run that does not run are left alone; a comm of an older process is closed', async () => {
    for (const kind of ['pause', 'resume', 'stop'] as const) send({ kind, run: 'quick' });
    engine.receiveComm({ action: 'message', commId: 'older', data: { kind: 'refresh' }, metadata: {} });
    await until(() => comms.some(({ commId, action }) => commId === 'older' && action === 'close'));
    expect((await run('1 + 1')).status).toBe('ok');
  });

  test('nothing is told after the comm was closed', async () => {
    engine.receiveComm({ action: 'close', commId: 'panel', data: {}, metadata: {} });
    await run(`await evom.problems('synthetic:2:4')`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(told).toEqual([]);
  });
});
