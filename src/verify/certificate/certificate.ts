import { agrees } from '../../agreement.ts';
import type { Certificate, ClaimedSolve, Solve } from '../../types.ts';
import type { SolveClaim } from '../protocol.ts';
import { modelAsExported } from './kept-model.ts';
import { unreadableSection } from './mps.ts';
import type { Resolution, ResolveTask } from './resolve-worker.ts';

/** The two that can re-solve an exported model. */
export interface Resolvers {
  readonly highs: (task: ResolveTask) => Promise<Resolution>;
  /** The same solver in a process that never saw the program; null with a reason where it found nothing. */
  readonly sameSolver: (claim: SolveClaim) => Promise<{ solve: Solve | null; reason: string }>;
}

/**
 * Settles a claim: re-solves the exported model, HiGHS first, and compares.
 *
 * Does NOT cover: whether the model is the problem's. A program that submits another model than it should is judged by
 * that model's optimum, and one built around a guessed answer shows only in the `degenerate` flags.
 */
export async function certify(
  claim: SolveClaim,
  claimed: ClaimedSolve,
  resolvers: Resolvers,
  options: Omit<ResolveTask, 'model'>,
): Promise<Certificate> {
  const started = performance.now();
  let kept: Resolution['kept'] = null;
  const blank = { by: null, solve: null, degenerate: [], size: null } as const;
  const done = (certificate: Omit<Certificate, 'durationMs'>): Certificate => ({
    ...certificate,
    ...(options.keepModel && { model: kept ?? modelAsExported(claim) }),
    durationMs: performance.now() - started,
  });
  if (claimed.status === 'feasible') {
    return done({ ...blank, kind: 'incumbent', reason: 'the solver stopped at a limit: no optimum to certify' });
  }
  if (claim.model === null || claim.format === null) {
    return done({ ...blank, kind: 'unexportable', reason: claim.exportError ?? 'the program handed over no model' });
  }
  const foreign = claim.format === 'mps' ? unreadableSection(claim.model) : claim.format;
  let open: string;
  let size: Certificate['size'] = null;
  if (foreign === null) {
    const read = await resolvers.highs({ model: claim.model, ...options });
    kept = read.kept;
    if (read.solve) return done(compare(claimed, read.solve, 'highs-wasm', read.degenerate, read.size));
    open = read.reason;
    size = read.size;
  } else {
    open = `HiGHS does not read ${foreign}`;
  }
  const { solve, reason } = await resolvers.sameSolver(claim);
  if (solve) return done(compare(claimed, solve, 'same-solver', [], size));
  return done({ ...blank, size, kind: 'open', reason: `${open}; ${reason}` });
}

function compare(
  claimed: ClaimedSolve,
  solve: Solve,
  by: 'highs-wasm' | 'same-solver',
  degenerate: Certificate['degenerate'],
  size: Certificate['size'],
): Omit<Certificate, 'durationMs'> {
  const kind = agrees(claimed, solve) ? 'agrees' : 'disagrees';
  const reason = `claimed ${describe(claimed)}, re-solved ${describe(solve)}`;
  return { kind, by, solve, reason, degenerate, size };
}

function describe(solve: Solve): string {
  return solve.objective === null ? solve.status : `${solve.status} ${solve.objective}`;
}
