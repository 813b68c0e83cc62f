import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { solvers } from '../../src/solvers/index.ts';
import { observe } from '../../src/verify/observe.ts';
import type { ErrorClaim, RunReply } from '../../src/verify/protocol.ts';
import { NO_ERROR, OPTIMAL_CLAIM, reply } from './frames.ts';

const { SIGKILL, SIGSEGV, SIGABRT, SIGXCPU, SIGXFSZ, SIGSYS } = constants.signals;
const { EPERM, EACCES, ENOSPC, EFBIG, ENOMEM, EDQUOT, ENOENT } = constants.errno;
const CPU_LIMIT_MS = 10_000;

const outcomeOf = (run: RunReply, solver: 'highs' | 'gurobi' = 'highs') =>
  observe(run, solvers[solver], CPU_LIMIT_MS).outcome;
const raised = (error: Partial<ErrorClaim>, changes: Partial<RunReply> = {}) =>
  reply({ exitCode: 1, ...changes }, { error: { ...NO_ERROR, ...error } });

describe('kernel facts name the outcome', () => {
  it.each<[string, Partial<RunReply>]>([
    ['infra', { started: false, exitCode: 1, log: 'Traceback\nOSError: seccomp' }],
    ['time', { killed: 'cpu', signal: SIGKILL, exitCode: null }],
    ['time', { killed: 'wall', signal: SIGKILL, exitCode: null }],
    ['output', { killed: 'scratch', signal: SIGKILL, exitCode: null }],
    ['infra', { killed: 'cancelled', signal: SIGKILL, exitCode: null }],
    ['infra', { killed: 'shutdown', signal: SIGKILL, exitCode: null }],
    ['time', { signal: SIGXCPU, exitCode: null }],
    ['output', { signal: SIGXFSZ, exitCode: null }],
    ['blocked', { signal: SIGSYS, exitCode: null }],
    ['memory', { signal: SIGKILL, exitCode: null }],
    ['time', { signal: SIGKILL, exitCode: null, cpuMs: CPU_LIMIT_MS + 1 }],
    ['exception', { signal: SIGSEGV, exitCode: null }],
    ['exception', { signal: SIGABRT, exitCode: null }],
    ['memory', { signal: SIGABRT, exitCode: null, log: "terminate called after throwing 'std::bad_alloc'" }],
    ['no-solve', {}],
    ['no-solve', { exitCode: 3 }],
  ])('%s: %j', (outcome, changes) => {
    expect(outcomeOf(reply(changes))).toBe(outcome);
  });

  it('whatever the process claims beside them', () => {
    const claim = { solve: OPTIMAL_CLAIM, solveCount: 1 };
    expect(outcomeOf(reply({ killed: 'cpu', signal: SIGKILL }, claim))).toBe('time');
    expect(outcomeOf(reply({ signal: SIGSEGV }, claim))).toBe('exception');
    expect(outcomeOf(reply({ started: false }, claim))).toBe('infra');
  });
});

describe('an exception names the outcome where no kernel fact does', () => {
  it.each<[string, Partial<ErrorClaim>]>([
    ['exception', {}],
    ['missing-api', { missing: 'highspy.Highs.solveIt' }],
    ['memory', { type: 'MyError', bases: ['MyError', 'MemoryError', 'Exception'] }],
    ['memory', { errno: ENOMEM }],
    ['memory', { message: 'std::bad_alloc' }],
    ['blocked', { errno: EPERM }],
    ['blocked', { errno: EACCES }],
    ['output', { errno: EFBIG }],
    ['output', { errno: ENOSPC }],
    ['output', { errno: EDQUOT }],
    ['exception', { errno: ENOENT }],
    ['exception', { message: 'Model too large for size-limited license' }],
  ])('%s: %j', (outcome, error) => {
    expect(outcomeOf(raised(error))).toBe(outcome);
  });

  it('licence, by the words of the solver asked for', () => {
    const error = { type: 'GurobiError', message: 'Model too large for size-limited license; visit https://…' };
    expect(outcomeOf(raised(error), 'gurobi')).toBe('licence');
  });

  it('keeps the solve that came before', () => {
    const run = observe(
      reply({ exitCode: 1 }, { solve: OPTIMAL_CLAIM, solveCount: 1, error: NO_ERROR }),
      solvers.highs,
      CPU_LIMIT_MS,
    );
    expect(run).toMatchObject({
      outcome: 'exception',
      detail: 'ValueError: bad',
      claimed: { status: 'optimal', objective: 6 },
      error: { type: 'ValueError', line: 3 },
    });
  });
});

describe('infra, which is masked, is out of a program’s reach', () => {
  it('no exit code and no exception of the program’s choosing gives it', () => {
    for (let exitCode = 0; exitCode < 256; exitCode++) expect(outcomeOf(reply({ exitCode }))).toBe('no-solve');
    for (const errno of Object.values(constants.errno)) expect(outcomeOf(raised({ errno }))).not.toBe('infra');
    for (const signal of Object.values(constants.signals)) {
      expect(outcomeOf(reply({ signal, exitCode: null }))).not.toBe('infra');
    }
  });

  it('a full disk is our shortage only where the space is gone without the program’s files', () => {
    expect(outcomeOf(raised({ errno: ENOSPC }, { scratchFreeBytes: 1 << 20 }))).toBe('infra');
    expect(outcomeOf(raised({ errno: ENOENT }, { scratchFreeBytes: 1 << 20 }))).toBe('exception');
  });
});

describe('a solve', () => {
  it.each([
    ['Optimal', 6, 'solved', 'optimal', 6],
    ['Infeasible', null, 'solved', 'infeasible', null],
    ['Infeasible', 6, 'solved', 'infeasible', null],
    ['Time limit reached', 6, 'solved', 'feasible', 6],
    ['Time limit reached', null, 'no-solve', 'limit', null],
    ['Solve error', null, 'no-solve', 'error', null],
    ['never heard of', 6, 'no-solve', 'error', null],
    ['__proto__', 6, 'no-solve', 'error', null],
    ['constructor', 6, 'no-solve', 'error', null],
  ] as const)('%s with %s is %s, claimed %s %s', (rawStatus, objective, outcome, status, value) => {
    const run = observe(
      reply({}, { solve: { ...OPTIMAL_CLAIM, rawStatus, objective }, solveCount: 1 }),
      solvers.highs,
      CPU_LIMIT_MS,
    );
    expect(run).toMatchObject({ outcome, claimed: { rawStatus, status, objective: value } });
  });

  it.each(['gurobipy', 'constructor', '__proto__', ''])(
    'through an API that the solver lacks (%s) is an error',
    (api) => {
      const run = reply({}, { solve: { ...OPTIMAL_CLAIM, api }, solveCount: 1 });
      expect(observe(run, solvers.highs, CPU_LIMIT_MS)).toMatchObject({
        outcome: 'no-solve',
        claimed: { status: 'error' },
      });
    },
  );
});
