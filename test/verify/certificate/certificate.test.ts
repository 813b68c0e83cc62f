import { describe, expect, it } from 'vitest';
import type { ClaimedSolve, Solve, SolveStatus } from '../../../src/types.ts';
import { certify, type Resolvers } from '../../../src/verify/certificate/certificate.ts';
import type { SolveClaim } from '../../../src/verify/protocol.ts';
import { OPTIMAL_CLAIM } from '../frames.ts';

const SIZE = { variables: 2, integers: 1, constraints: 3 };
const claimed = (status: SolveStatus, objective: number | null): ClaimedSolve => ({
  status,
  objective,
  rawStatus: status,
  api: 'highspy',
});
const optimal = (objective: number): Solve => ({ status: 'optimal', objective });

/** Resolvers with fixed answers, and who was asked. */
function fakes(highs: Solve | null, sameSolver: Solve | null = null) {
  const asked: string[] = [];
  const resolvers: Resolvers = {
    highs: async () => {
      asked.push('highs');
      return { solve: highs, reason: 'HiGHS says', size: SIZE, degenerate: ['no-linking-row'], runtimeBytes: 0 };
    },
    sameSolver: async () => {
      asked.push('same');
      return { solve: sameSolver, reason: 'same says' };
    },
  };
  const run = (claim: Partial<SolveClaim>, solve: ClaimedSolve) =>
    certify({ ...OPTIMAL_CLAIM, ...claim }, solve, resolvers, { timeLimitMs: 1000 });
  const keep = (claim: Partial<SolveClaim>, solve: ClaimedSolve) =>
    certify({ ...OPTIMAL_CLAIM, ...claim }, solve, resolvers, { timeLimitMs: 1000, keepModel: true });
  return { asked, run, keep };
}

describe('certify', () => {
  it('agrees where HiGHS finds the same, and asks nobody else', async () => {
    const { asked, run } = fakes(optimal(6));
    expect(await run({}, claimed('optimal', 6.0003))).toMatchObject({
      kind: 'agrees',
      by: 'highs-wasm',
      solve: optimal(6),
      size: SIZE,
      degenerate: ['no-linking-row'],
      reason: 'claimed optimal 6.0003, re-solved optimal 6',
    });
    expect(asked).toEqual(['highs']);
  });

  it.each<[Solve, Solve]>([
    [optimal(6.01), optimal(6)],
    [optimal(6), { status: 'infeasible', objective: null }],
    [{ status: 'infeasible', objective: null }, optimal(6)],
    [
      { status: 'unbounded', objective: null },
      { status: 'infeasible', objective: null },
    ],
    [{ status: 'optimal', objective: null }, optimal(0)],
    [{ status: 'infeasible-or-unbounded', objective: null }, optimal(6)],
  ])('disagrees: claimed %j, certified %j', async (claim, certified) => {
    const { run } = fakes(certified);
    const certificate = await run({}, claimed(claim.status, claim.objective));
    expect(certificate).toMatchObject({ kind: 'disagrees', solve: certified });
  });

  it('settles a claim that leaves open which of the two it is', async () => {
    const { run } = fakes({ status: 'unbounded', objective: null });
    expect(await run({}, claimed('infeasible-or-unbounded', null))).toMatchObject({
      kind: 'agrees',
      solve: { status: 'unbounded' },
    });
  });

  it('asks the same solver where HiGHS gives up, and keeps the size that HiGHS read', async () => {
    const { asked, run } = fakes(null, optimal(6));
    expect(await run({}, claimed('optimal', 6))).toMatchObject({ kind: 'agrees', by: 'same-solver', size: SIZE });
    expect(asked).toEqual(['highs', 'same']);
  });

  it.each<[string, Partial<SolveClaim>]>([
    ['SOS', { model: 'NAME\nROWS\n N OBJ\nSOS1\n s1\nENDATA\n' }],
    ['a general constraint', { model: 'NAME\nROWS\n N OBJ\nGENCONS\nENDATA\n' }],
    ['a quadratic constraint', { model: 'NAME\nROWS\n N OBJ\nQCMATRIX R0\nENDATA\n' }],
    ['CP-SAT', { model: 'variables {}', format: 'cp-sat' }],
    ['MathOpt', { model: 'name: "x"', format: 'mathopt' }],
  ])('never shows HiGHS %s, whose reader might drop it silently', async (_, claim) => {
    const { asked, run } = fakes(optimal(1), optimal(6));
    const certificate = await run(claim, claimed('optimal', 6));
    expect(certificate).toMatchObject({ kind: 'agrees', by: 'same-solver', degenerate: [], size: null });
    expect(asked).toEqual(['same']);
  });

  it('keeps a model that HiGHS does not read as its solver wrote it, and none where nobody asks', async () => {
    const { run, keep } = fakes(null, optimal(6));
    const claim = { model: `variables {}${' '.repeat(5000)}`, format: 'cp-sat' } as const;
    expect(await keep(claim, claimed('optimal', 6))).toMatchObject({
      model: { format: 'cp-sat', text: claim.model.slice(0, 4096), length: 5012, sense: null, solution: null },
    });
    expect(await keep({}, claimed('feasible', 5))).toMatchObject({ model: { format: 'mps' } });
    expect(await keep({ model: null }, claimed('optimal', 6))).toMatchObject({ model: null });
    expect(await run(claim, claimed('optimal', 6))).not.toHaveProperty('model');
  });

  it('is open, and says by whom, where nobody settles it', async () => {
    const { run } = fakes(null);
    expect(await run({}, claimed('optimal', 6))).toMatchObject({
      kind: 'open',
      by: null,
      solve: null,
      reason: 'HiGHS says; same says',
    });
  });

  it('asks nobody about an incumbent, or about a model that was not handed over', async () => {
    const { asked, run } = fakes(optimal(6), optimal(6));
    expect(await run({}, claimed('feasible', 5))).toMatchObject({ kind: 'incumbent', solve: null });
    expect(await run({ model: null, exportError: 'lazy callbacks' }, claimed('optimal', 6))).toMatchObject({
      kind: 'unexportable',
      reason: 'lazy callbacks',
    });
    expect(await run({ format: null }, claimed('optimal', 6))).toMatchObject({ kind: 'unexportable' });
    expect(await run({ model: null }, claimed('optimal', 6))).toMatchObject({
      kind: 'unexportable',
      reason: 'the program handed over no model',
    });
    expect(asked).toEqual([]);
  });
});
