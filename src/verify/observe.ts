import { constants } from 'node:os';
import { solveStatus } from '../solvers/index.ts';
import type { Solver } from '../solvers/solver.ts';
import type { ClaimedSolve, Outcome, ProgramError } from '../types.ts';
import type { ErrorClaim, RunReply } from './protocol.ts';

/** What a run showed before any certificate. `claimed` is set where the outcome is `solved`, and where it was before an error. */
export interface RunOutcome {
  readonly outcome: Outcome;
  readonly detail: string | null;
  readonly claimed: ClaimedSolve | null;
  readonly error: ProgramError | null;
}

/** Less free scratch space than this, once the program's own files are gone, is our shortage and not its fault. */
export const SCRATCH_SHORTAGE_BYTES: number = 64 * 1024 ** 2;

const OUT_OF_MEMORY = /bad_alloc|MemoryError|out of memory|cannot allocate memory/i;

const { EPERM, EACCES, ENOSPC, EFBIG, ENOMEM, EDQUOT } = constants.errno;
const { SIGXCPU, SIGXFSZ, SIGSYS, SIGKILL } = constants.signals;

/**
 * Names what happened. Kernel facts come first; what the process says of itself is used only where it costs the
 * program something, or is certified afterwards.
 */
export function observe(reply: RunReply, solver: Solver, cpuLimitMs: number): RunOutcome {
  const claimed = readClaim(reply, solver);
  const error = reply.report.error ? programError(reply.report.error) : null;
  const result = (outcome: Outcome, detail: string | null): RunOutcome => ({ outcome, detail, claimed, error });
  if (!reply.started) return result('infra', `the program was not started: ${lastLine(reply.log)}`);
  const ending = stopped(reply, cpuLimitMs);
  if (ending) return result(...ending);
  if (reply.report.error) return result(...raised(reply.report.error, reply, solver));
  if (!claimed) return result('no-solve', reply.exitCode ? `ended with exit code ${reply.exitCode}` : null);
  if (claimed.status === 'limit') return result('no-solve', 'the solver stopped at a limit without a solution');
  if (claimed.status === 'error') return result('no-solve', `the solver's status was ${claimed.rawStatus}`);
  return result('solved', null);
}

function readClaim(reply: RunReply, solver: Solver): ClaimedSolve | null {
  const solve = reply.report.solve;
  if (!solve) return null;
  const { api, rawStatus, objective } = solve;
  const status = solveStatus(solver, api, rawStatus, objective);
  return { api, rawStatus, status, objective: status === 'optimal' || status === 'feasible' ? objective : null };
}

function programError({ type, message, line }: ErrorClaim): ProgramError {
  return { type, message, line };
}

/** Endings from outside: our kill, or a signal. Null where the program ended by itself. */
function stopped(reply: RunReply, cpuLimitMs: number): [Outcome, string] | null {
  switch (reply.killed) {
    case 'cpu':
      return ['time', `used ${Math.round(reply.cpuMs)} ms of processor time, the limit is ${cpuLimitMs} ms`];
    case 'wall':
      return ['time', `still running after ${Math.round(reply.wallMs)} ms`];
    case 'threads':
      return ['memory', 'started more threads than any solver'];
    case 'scratch':
      return ['output', 'filled its scratch folder'];
    case 'cancelled':
    case 'shutdown':
      return ['infra', 'stopped before it ended'];
    case null:
      break;
  }
  switch (reply.signal) {
    case null:
      return null;
    case SIGXCPU:
      return ['time', `used ${Math.round(reply.cpuMs)} ms of processor time`];
    case SIGXFSZ:
      return ['output', 'wrote a file or a log beyond the size limit'];
    case SIGSYS:
      return ['blocked', 'made a system call of a foreign architecture'];
    case SIGKILL:
      return reply.cpuMs > cpuLimitMs
        ? ['time', `used ${Math.round(reply.cpuMs)} ms of processor time`]
        : ['memory', 'the system stopped it, most likely for want of memory'];
    default:
      if (OUT_OF_MEMORY.test(reply.log)) return ['memory', lastLine(reply.log)];
      return ['exception', `ended by signal ${signalName(reply.signal)}`];
  }
}

/** The exception that ended the program. */
function raised(error: ErrorClaim, reply: RunReply, solver: Solver): [Outcome, string] {
  const text = `${error.type}: ${error.message}`;
  if (error.missing !== null) return ['missing-api', error.missing];
  if (error.bases.includes('MemoryError') || error.errno === ENOMEM || OUT_OF_MEMORY.test(text))
    return ['memory', text];
  if (solver.licence.refusal?.test(text)) return ['licence', text];
  if (error.errno === EPERM || error.errno === EACCES) return ['blocked', text];
  if (error.errno === EFBIG) return ['output', text];
  if (error.errno === ENOSPC || error.errno === EDQUOT) {
    const shortage = scratchShortage(reply);
    return shortage === null ? ['output', text] : ['infra', `${text}: ${shortage}`];
  }
  return ['exception', text];
}

/** What to say where the scratch space ran out without the program's doing; null where it did not. */
export function scratchShortage({ scratchFreeBytes }: RunReply): string | null {
  if (scratchFreeBytes >= SCRATCH_SHORTAGE_BYTES) return null;
  const mebibytes = Math.floor(scratchFreeBytes / 1024 ** 2);
  return `the scratch space is full (${mebibytes} MiB free); free space there, or set EVOM_SCRATCH to another folder`;
}

function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? String(number);
}

function lastLine(log: string): string {
  return log.trim().split('\n').at(-1) ?? '';
}
