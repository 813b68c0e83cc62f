/**
 * Scores: accuracy under a named rule with its 95 % interval, pass@k, and verdict counts. Pure.
 *
 * Not covered: an interval speaks of sampling problems, not of labels that are wrong. Samples of one problem are not
 * independent, so intervals count problems, not samples.
 */

import { EPSILONS } from './config.ts';
import { createEvomRule } from './reward/evom.ts';
import { isUnsettled } from './reward/reward.ts';
import type { Rule } from './reward/rule.ts';
import type { Answer, Observation, SolverName, Verdict } from './types.ts';

/** One judged run: an observation with the problem that it belongs to. */
export interface Sample {
  readonly problemId: string;
  readonly answer: Answer;
  readonly observation: Observation;
}

/** A share with its 95 % interval, all in [0, 1]. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Accuracy with all that it depends on. */
export interface Score {
  readonly rule: string;
  readonly epsilon: number;
  /** Version of the labels, {@link ProblemSet.labelSet}. */
  readonly labelSet: string;
  /** Samples judged; the masked ones are not among them. */
  readonly n: number;
  /** Problems that these samples belong to. */
  readonly problems: number;
  readonly hits: number;
  /** Samples left out: our failures, and, under a rule that reads certificates, certificates still open. */
  readonly masked: number;
  /** hits / n; null where n is 0. */
  readonly accuracy: number | null;
  /** Wilson's, over problems. */
  readonly interval: Interval;
}

/** pass@k under one rule. */
export interface PassAtK {
  readonly rule: string;
  readonly epsilon: number;
  readonly labelSet: string;
  readonly k: number;
  /** Problems with at least k samples; the others are left out. */
  readonly problems: number;
  readonly value: number;
  readonly interval: Interval;
}

/** What {@link evaluate} says. */
export interface Evaluation {
  /** One for each rule, in order. */
  readonly scores: readonly Score[];
  /** For each rule, k = 1, 2, 4, … up to the most samples of a problem; empty where no problem has several. */
  readonly passAtK: readonly PassAtK[];
  /** Verdicts under the first rule, by solver; masked samples are counted too. */
  readonly verdicts: Readonly<Partial<Record<SolverName, Readonly<Partial<Record<Verdict, number>>>>>>;
}

/** 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;

/** Judges samples under each rule. Default: the paper's rule at both ε, 0.05 and 1e-4. */
export function evaluate(
  samples: readonly Sample[],
  options: { readonly labelSet: string; readonly rules?: readonly Rule[] },
): Evaluation {
  const { labelSet, rules = EPSILONS.map((epsilon) => createEvomRule({ epsilon })) } = options;
  const firstRule = rules[0];
  return {
    scores: rules.map((rule) => scoreSamples(samples, rule, labelSet)),
    passAtK: rules.flatMap((rule) => scorePassAtK(samples, rule, labelSet)),
    verdicts: firstRule === undefined ? {} : countVerdicts(samples, firstRule),
  };
}

/** Accuracy over all samples that are not masked. */
function scoreSamples(samples: readonly Sample[], rule: Rule, labelSet: string): Score {
  const kept = samples.filter((sample) => !isLeftOut(sample, rule));
  const hits = kept.filter((sample) => isHit(sample, rule)).length;
  const problems = new Set(kept.map((sample) => sample.problemId)).size;
  const accuracy = kept.length === 0 ? null : hits / kept.length;
  return {
    rule: rule.name,
    epsilon: rule.epsilon,
    labelSet,
    n: kept.length,
    problems,
    hits,
    masked: samples.length - kept.length,
    accuracy,
    interval: wilsonInterval((accuracy ?? 0) * problems, problems),
  };
}

/** pass@k for k = 1, 2, 4, …; samples of one problem on two solvers are two groups. */
function scorePassAtK(samples: readonly Sample[], rule: Rule, labelSet: string): readonly PassAtK[] {
  const kept = samples.filter((sample) => !isLeftOut(sample, rule));
  const groups = [
    ...Map.groupBy(kept, (sample) => JSON.stringify([sample.problemId, sample.observation.solver])).values(),
  ];
  const most = groups.reduce((largest, group) => Math.max(largest, group.length), 0);
  const result: PassAtK[] = [];
  for (let k = 1; most > 1 && k <= most; k *= 2) {
    const large = groups.filter((group) => group.length >= k);
    const sum = large.reduce(
      (total, group) => total + passAtK(group.length, group.filter((sample) => isHit(sample, rule)).length, k),
      0,
    );
    result.push({
      rule: rule.name,
      epsilon: rule.epsilon,
      labelSet,
      k,
      problems: large.length,
      value: sum / large.length,
      interval: wilsonInterval(sum, large.length),
    });
  }
  return result;
}

/**
 * Wilson's 95 % score interval for `hits` of `n`; [0, 1] where n is 0. `hits` may be a sum of shares in [0, 1]: their
 * variance is at most that of a yes or no with the same mean, so the interval then errs on the wide side.
 */
export function wilsonInterval(hits: number, n: number): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const share = hits / n;
  const centre = (share + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  return { low: share === 0 ? 0 : Math.max(0, centre - half), high: share === 1 ? 1 : Math.min(1, centre + half) };
}

/** 1 − C(n − hits, k) / C(n, k): the unbiased estimator of Chen et al. 2021, for k ≤ n. */
export function passAtK(n: number, hits: number, k: number): number {
  if (n - hits < k) return 1;
  let missesOnly = 1;
  for (let i = n - hits + 1; i <= n; i++) missesOnly *= 1 - k / i;
  return 1 - missesOnly;
}

/** One line with everything that a printed number needs: rule, ε, label set, n and interval. */
export function describeScore(score: Score): string {
  const percent = (share: number): string => (100 * share).toFixed(1);
  const accuracy = score.accuracy === null ? 'none' : `${percent(score.accuracy)} %`;
  const samples = score.problems === score.n ? '' : `, ${score.problems} problems`;
  return (
    `${accuracy} (${score.hits}/${score.n}${samples}; 95 % interval ${percent(score.interval.low)}–${percent(score.interval.high)}; ` +
    `rule ${score.rule}, ε ${score.epsilon}, labels ${score.labelSet}; ${score.masked} masked)`
  );
}

function countVerdicts(samples: readonly Sample[], rule: Rule): Evaluation['verdicts'] {
  const counts: Partial<Record<SolverName, Partial<Record<Verdict, number>>>> = {};
  for (const { observation, answer } of samples) {
    const verdict = rule.judge(observation, answer);
    const row = counts[observation.solver] ?? {};
    row[verdict] = (row[verdict] ?? 0) + 1;
    counts[observation.solver] = row;
  }
  return counts;
}

function isHit(sample: Sample, rule: Rule): boolean {
  return rule.judge(sample.observation, sample.answer) === 'correct';
}

/** A rule that reads what was printed has no use for a certificate, so an open one does not mask its samples. */
function isLeftOut({ observation }: Sample, rule: Rule): boolean {
  return rule.forgeable ? observation.outcome === 'infra' : isUnsettled(observation);
}
