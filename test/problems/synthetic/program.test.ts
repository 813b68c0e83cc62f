import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAMILIES } from '../../../src/problems/synthetic/families.ts';
import { generateProblems } from '../../../src/problems/synthetic/generate.ts';
import { atMost, type Model, row, variable } from '../../../src/problems/synthetic/model.ts';
import { writeProgram, writePrograms } from '../../../src/problems/synthetic/program.ts';
import { findPython } from '../../../src/python-environment.ts';
import { SOLVER_NAMES, type SolverName } from '../../../src/types.ts';

const small: Model = {
  variables: [variable('chairs', 'integer'), variable('flour', 'continuous', 9, 2), variable('open', 'binary')],
  objective: { sense: 'maximize', terms: row([3, 1, -20]), offset: -5 },
  constraints: [atMost(row([2, -1, 0]), 7)],
};

describe('a reference program', () => {
  test('is what a person would write', () => {
    expect(writeProgram(small, 'gurobi')).toBe(`import gurobipy as gp
from gurobipy import GRB
m = gp.Model()
m.Params.DualReductions = 0
m.Params.Heuristics = 0
x1 = m.addVar(vtype=GRB.INTEGER)
x2 = m.addVar(lb=2, ub=9)
x3 = m.addVar(vtype=GRB.BINARY)
m.addConstr(2*x1 - x2 <= 7)
m.setObjective(3*x1 + x2 - 20*x3 - 5, GRB.MAXIMIZE)
m.optimize()
print(m.Status, m.ObjVal if m.SolCount else None)
`);
    expect(writeProgram(small, 'ortools')).toBe(`from ortools.linear_solver import pywraplp
m = pywraplp.Solver.CreateSolver("SCIP")
m.SetSolverSpecificParametersAsString("presolving/maxrounds = 0")
x1 = m.IntVar(0, m.infinity(), "x1")
x2 = m.NumVar(2, 9, "x2")
x3 = m.BoolVar("x3")
m.Add(2*x1 - x2 <= 7)
m.Maximize(3*x1 + x2 - 20*x3 - 5)
status = m.Solve()
print(status, m.Objective().Value())
`);
  });

  test('is shorter where the status need not be settled, and otherwise the same', () => {
    const lines = writeProgram(small, 'gurobi').split('\n');
    expect(writeProgram(small, 'gurobi', { settlesStatus: false }).split('\n')).toEqual(lines.toSpliced(3, 2));
    expect(writePrograms(small, { settlesStatus: false }).copt).toBe(writePrograms(small).copt);
  });

  test('stays under 30 lines for the easy problems', () => {
    for (const { model } of generateProblems({ seed: 3, count: 500, split: 'train', difficulty: 1 })) {
      for (const program of Object.values(writePrograms(model))) expect(program.split('\n').length).toBeLessThan(30);
    }
  });
});

/** The solver's own words for the answers; `open`: infeasible or unbounded, which of them it does not say. */
const STATUSES: Readonly<Record<SolverName, Readonly<Record<string, string>>>> = {
  gurobi: { 2: 'number', 3: 'infeasible', 5: 'unbounded', 4: 'open' },
  ortools: { 0: 'number', 2: 'infeasible', 3: 'unbounded' },
  copt: { 1: 'number', 2: 'infeasible', 3: 'unbounded', 4: 'open' },
  highs: {
    'HighsModelStatus.kOptimal': 'number',
    'HighsModelStatus.kInfeasible': 'infeasible',
    'HighsModelStatus.kUnbounded': 'unbounded',
    'HighsModelStatus.kUnboundedOrInfeasible': 'open',
  },
  scip: { optimal: 'number', infeasible: 'infeasible', unbounded: 'unbounded', inforunbd: 'open' },
};

const problems = FAMILIES.flatMap((family) =>
  family.answers.flatMap((answer) =>
    ([1, 2, 3] as const).flatMap((difficulty) =>
      generateProblems({
        seed: 23,
        count: answer === 'number' ? 8 : 4,
        split: 'held-out',
        families: [family.name],
        difficulty,
        answers: [answer],
      }),
    ),
  ),
);

const python = pythonOrReason();

describe('reference programs', () => {
  for (const solver of SOLVER_NAMES) {
    test(`for ${solver} find every problem's answer`, { timeout: 180_000 }, async (context) => {
      if ('reason' in python) return context.skip(python.reason);
      const results = await runPrograms(
        python.path,
        problems.map(({ model }) => writeProgram(model, solver)),
      );
      for (const [index, problem] of problems.entries()) {
        const { printed, error } = results[index] as ProgramResult;
        expect(error, problem.text).toBeUndefined();
        expect(printed?.length, problem.text).toBe(1);
        const [status = '', objective = ''] = printed?.[0] ?? [];
        const isInteger = problem.model.variables.some(({ kind }) => kind !== 'continuous');
        const said = STATUSES[solver][status];
        if (typeof problem.answer === 'number') {
          expect(said, problem.text).toBe('number');
          expect(Math.abs(Number(objective) - problem.answer), problem.text).toBeLessThan(
            1e-4 * Math.max(1, Math.abs(problem.answer)),
          );
        } else if (solver === 'copt' && problem.answer === 'unbounded' && isInteger) {
          expect(said, 'COPT cannot tell an unbounded integer model from an infeasible one').toBe('open');
        } else expect(said, problem.text).toBe(problem.answer);
      }
    });
  }
});

interface ProgramResult {
  readonly printed?: readonly (readonly string[])[];
  readonly error?: string;
}

function pythonOrReason(): { readonly path: string } | { readonly reason: string } {
  try {
    return { path: findPython() };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

async function runPrograms(path: string, programs: readonly string[]): Promise<readonly ProgramResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'evom-programs-'));
  try {
    const file = join(folder, 'results.json');
    const child = spawn(path, [join(import.meta.dirname, 'run_programs.py'), file], {
      stdio: ['pipe', 'ignore', 'inherit'],
      env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', resolve);
    });
    child.stdin.end(JSON.stringify(programs));
    expect(await ended).toBe(0);
    return JSON.parse(await readFile(file, 'utf8')) as readonly ProgramResult[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
