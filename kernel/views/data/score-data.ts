import type { Score } from '../../../src/evaluate.ts';
import type { RuleData, ScoreData } from '../../spec/mime.ts';

export function scoreData({ rule, epsilon, n, problems, hits, masked, accuracy, interval }: Score): ScoreData {
  return { rule, epsilon, n, problems, hits, masked, accuracy, low: interval.low, high: interval.high };
}

export function ruleData({ rule, epsilon, labelSet }: Score): RuleData {
  return { name: rule, epsilon, labelSet };
}
