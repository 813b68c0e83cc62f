import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Observation, SolverName } from '../../src/types.ts';
import { Verifier } from '../../src/verify/verifier.ts';
import { coptpy } from './dialects/coptpy.ts';
import { cpModel } from './dialects/cp-model.ts';
import type { Dialect } from './dialects/dialect.ts';
import { gurobipy } from './dialects/gurobipy.ts';
import { highspy } from './dialects/highspy.ts';
import { mathopt } from './dialects/mathopt.ts';
import { modelBuilder } from './dialects/model-builder.ts';
import { pyscipopt } from './dialects/pyscipopt.ts';
import { pywraplp } from './dialects/pywraplp.ts';
import { STANDARD_PROBLEMS, type StandardProblem } from './standard-problems.ts';

const DIALECTS: readonly Dialect[] = [
  gurobipy,
  coptpy,
  highspy,
  pyscipopt,
  ...pywraplp,
  cpModel,
  ...mathopt,
  ...modelBuilder,
];

/** Where the licences in the packages end. */
const SIZE_LIMIT = 2000;

/**
 * What every solver has to show, whatever its API: each standard problem, stated in the API's own words, comes back
 * through the sandbox and the certificate with the result that is known. A solver that is not installed is skipped
 * with the reason; what an API lacks is skipped with the reason too.
 */
export function testSolver(solver: SolverName): void {
  describe(solver, () => {
    let verifier: Verifier;
    let missing: string | null = null;
    beforeAll(async () => {
      verifier = new Verifier({ jobs: 1 });
      const state = await verifier.solverState(solver);
      missing = state.isReady ? null : state.reason;
    });
    afterAll(() => verifier?.close());

    const observe = (program: string): Promise<Observation> => verifier.observe({ id: solver, solver, program });
    for (const dialect of DIALECTS.filter((each) => each.solver === solver)) {
      describe([dialect.api, dialect.backend].filter(Boolean).join(' '), () => {
        for (const problem of STANDARD_PROBLEMS) {
          test(problem.name, async ({ skip }) => {
            if (missing !== null) skip(missing);
            const reason = problem.needs.map((feature) => dialect.unsupported[feature]).find(Boolean);
            if (reason !== undefined) skip(`unsupported: ${reason}`);
            const program = dialect.program(problem);
            expect(program.split('\n').length).toBeLessThanOrEqual(20);
            expectResult(await observe(program), dialect, problem);
          });
        }
        for (const call of dialect.entryPoints?.others ?? []) {
          test(`solve call: ${call}`, async ({ skip }) => {
            if (missing !== null) skip(missing);
            const name = dialect.unsupported.integer === undefined ? 'integer program' : 'linear program';
            const problem = STANDARD_PROBLEMS.find((each) => each.name === name)!;
            const program = dialect.program(problem).replace(dialect.entryPoints!.call, () => call);
            expect(program).toContain(call);
            // What the program prints afterwards depends on how it solved; only the solve is looked at.
            expectResult(await observe(program.split('\n').slice(0, -1).join('\n')), dialect, problem);
          });
        }
        for (const count of [SIZE_LIMIT, SIZE_LIMIT + 1]) {
          test(`${count} variables`, async ({ skip }) => {
            if (missing !== null) skip(missing);
            if (dialect.unsupported.integer !== undefined) skip(`unsupported: ${dialect.unsupported.integer}`);
            const observation = await observe(dialect.large(count));
            const isRefused = count > SIZE_LIMIT && dialect.unsupported['more than 2000 variables'] !== undefined;
            if (isRefused) expect(observation).toMatchObject({ outcome: 'licence', certificate: null });
            else expectResult(observation, dialect, { status: 'optimal', optimum: Math.ceil(count / 2) });
          });
        }
      });
    }
  });
}

function expectResult(
  observation: Observation,
  { api }: Dialect,
  { status, optimum }: Pick<StandardProblem, 'status' | 'optimum'>,
): void {
  const { detail, stdout } = observation;
  expect(observation, `${detail ?? ''}\n${stdout.slice(-1000)}`).toMatchObject({
    outcome: 'solved',
    status,
    claimed: { api },
    certificate: { kind: 'agrees' },
    solveCount: 1,
  });
  if (optimum === undefined) {
    expect(observation.objective).toBeNull();
    return;
  }
  expect(observation.certified?.objective).toBeCloseTo(optimum, 4);
  expect(observation.claimed?.objective).toBeCloseTo(optimum, 3);
}
