/** The optimum of a model by HiGHS in WebAssembly: the path that shares no code with the families' own optimum. */

import type { Highs } from 'highs';
import type { Model, Optimum, Term } from '../../../src/problems/synthetic/model.ts';
import { loadHighs } from '../../../src/verify/certificate/load-highs.ts';

const loading: Promise<Highs> = loadHighs();

export async function highsOptimum(model: Model): Promise<Optimum | `status ${number}`> {
  const highs = await loading;
  const { optimal, infeasible, unbounded } = highs.constants.modelStatus;
  return highs.withModel({ format: 'lp', data: lpOf(model) }, (native) => {
    native.options.set({
      output_flag: false,
      presolve: 'off',
      mip_heuristic_run_feasibility_jump: false,
      mip_rel_gap: 0,
    });
    native.run();
    const status = native.getModelStatus();
    if (status === infeasible) return 'infeasible';
    if (status === unbounded) return 'unbounded';
    return status === optimal ? native.getObjectiveValue() + model.objective.offset : (`status ${status}` as const);
  });
}

/** CPLEX LP text without the objective's offset. */
function lpOf({ variables, objective, constraints }: Model): string {
  const sum = (terms: readonly Term[]): string =>
    terms.map(([coefficient, index]) => `${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)} x${index}`).join(' ');
  const named = (kind: string): string =>
    variables.flatMap((entry, index) => (entry.kind === kind ? [`x${index}`] : [])).join(' ');
  return [
    objective.sense,
    `obj: ${sum(objective.terms)}`,
    'subject to',
    ...constraints.map(
      ({ terms, relation, bound }, index) => `c${index}: ${sum(terms)} ${relation === '==' ? '=' : relation} ${bound}`,
    ),
    'bounds',
    ...variables.map(({ lower, upper }, index) => `${lower} <= x${index} <= ${upper ?? '+inf'}`),
    `general ${named('integer')}`,
    `binary ${named('binary')}`,
    'end',
  ].join('\n');
}
