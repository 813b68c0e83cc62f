import { type Evaluation, evaluate, type Interval, type Sample } from '../evaluate.ts';
import type { Rule } from '../reward/rule.ts';
import { renderTable } from '../text-table.ts';
import { OUTCOMES, type Rollout, SOLVER_NAMES, type SolverName } from '../types.ts';
import { percent } from './train-progress.ts';

/** A rollout, and how its completion was drawn. */
export interface SampledRollout {
  readonly mode: 'greedy' | 'sampled';
  readonly rollout: Rollout;
}

interface Report {
  readonly solver: SolverName;
  readonly mode: SampledRollout['mode'];
  readonly rollouts: readonly Rollout[];
  readonly evaluation: Evaluation;
}

const VERDICTS = ['correct', 'wrong-objective', 'wrong-status', ...OUTCOMES.filter((outcome) => outcome !== 'solved')];

/** How many missing names and exceptions of a solver are printed. */
const TOP = 5;

/** Accuracy with its interval on every solver, greedy and sampled, pass@k, what became of the programs, and why. */
export function renderEvaluation(
  rollouts: readonly SampledRollout[],
  { labelSet, rules }: { readonly labelSet: string; readonly rules: readonly Rule[] },
): string {
  const groups = Map.groupBy(rollouts, ({ mode, rollout }) => `${mode} ${rollout.observation.solver}`);
  const found = [...groups.values()].flatMap((group): Report[] => {
    const [first] = group;
    if (first === undefined) return [];
    const own = group.map(({ rollout }) => rollout);
    const evaluation = evaluate(own.map(sampleOf), { labelSet, rules });
    return [{ solver: first.rollout.observation.solver, mode: first.mode, rollouts: own, evaluation }];
  });
  const reports = SOLVER_NAMES.flatMap((solver) => found.filter((report) => report.solver === solver));
  const rule = rules.map(({ name, epsilon }) => `${name} with ε ${epsilon}`).join(', ');
  return [
    renderScores(reports, rules),
    `rule ${rule}; labels ${labelSet}; accuracy in percent, with Wilson's 95 % interval over problems`,
    renderPassAtK(reports, rules),
    renderVerdicts(reports),
    reports.flatMap(renderCauses).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function sampleOf({ problem, observation }: Rollout): Sample {
  return { problemId: problem.id, answer: problem.answer, observation };
}

function renderScores(reports: readonly Report[], rules: readonly Rule[]): string {
  const header = [
    'solver',
    'mode',
    'problems',
    'n',
    'masked',
    ...rules.flatMap(({ epsilon }) => [`ε ${epsilon}`, '95 %']),
  ];
  const rows = reports.map(({ solver, mode, evaluation: { scores } }) => {
    const counts = [scores[0]?.problems, scores[0]?.n, scores[0]?.masked].map((count) => String(count ?? '-'));
    const cells = scores.flatMap(({ accuracy, interval }) => [
      accuracy === null ? '-' : percent(accuracy),
      accuracy === null ? '-' : describeInterval(interval),
    ]);
    return [solver, mode, ...counts, ...cells];
  });
  return renderTable([header, ...rows]);
}

function renderPassAtK(reports: readonly Report[], rules: readonly Rule[]): string {
  const ks = [...new Set(reports.flatMap(({ evaluation }) => evaluation.passAtK.map(({ k }) => k)))].toSorted(
    (a, b) => a - b,
  );
  const rows = reports.flatMap(({ solver, evaluation: { passAtK } }) =>
    rules.flatMap(({ epsilon }) => {
      const own = ks.map((k) => passAtK.find((row) => row.k === k && row.epsilon === epsilon));
      if (own.every((row) => row === undefined)) return [];
      const cells = own.map((row) =>
        row === undefined ? '-' : `${percent(row.value)} [${describeInterval(row.interval)}]`,
      );
      return [[solver, String(epsilon), ...cells]];
    }),
  );
  return rows.length === 0 ? '' : renderTable([['solver', 'ε', ...ks.map((k) => `pass@${k} %`)], ...rows]);
}

function describeInterval({ low, high }: Interval): string {
  return `${percent(low)}–${percent(high)}`;
}

/** Under the first rule. */
function renderVerdicts(reports: readonly Report[]): string {
  const words = VERDICTS.filter((word) =>
    reports.some(({ rollouts }) => rollouts.some(({ verdict }) => verdict === word)),
  );
  const body = reports.map(({ solver, mode, rollouts }) => {
    const counts = words.map((word) => String(rollouts.filter(({ verdict }) => verdict === word).length));
    return [solver, mode, String(rollouts.length), ...counts];
  });
  return renderTable([['solver', 'mode', 'programs', ...words], ...body]);
}

/** The names that a solver's API lacks, and the exceptions, most frequent first. */
function renderCauses({ solver, mode, rollouts }: Report): string[] {
  const told = (outcome: string, nameOf: (rollout: Rollout) => string | null): string[] => {
    const some = rollouts.filter(({ observation }) => observation.outcome === outcome);
    const names = [...Map.groupBy(some, (rollout) => nameOf(rollout) ?? 'unnamed')];
    const sorted = names.sort(([, left], [, right]) => right.length - left.length).slice(0, TOP);
    if (sorted.length === 0) return [];
    return [`${solver}, ${mode}, ${outcome}: ${sorted.map(([name, group]) => `${name} (${group.length})`).join(', ')}`];
  };
  return [
    ...told('missing-api', ({ observation }) => observation.detail),
    ...told('exception', ({ observation }) => observation.error?.type ?? null),
  ];
}
