import { describe, expect, it } from 'vitest';
import { describeScore, evaluate, passAtK, type Sample, wilsonInterval } from '../src/evaluate.ts';
import { certify, honest, observe, optimal } from '../src/reward/lint-observation.ts';
import { findRule } from '../src/reward/rules.ts';

const sample = (problemId: string, objective: number, answer = 100): Sample => ({
  problemId,
  answer,
  observation: honest(optimal(objective)),
});

describe('wilsonInterval', () => {
  // Roots of (p̂ − p)² = z²·p·(1 − p)/n, found by bisection in Python.
  it.each([
    [210, 245, 0.8078038570239244, 0.8954551611049576],
    [193, 245, 0.7323147252726825, 0.8343111121911597],
    [8, 10, 0.49016247153664183, 0.9433178485456248],
    [1, 1000, 0.00017654637062607806, 0.005642558597957934],
    [0, 10, 0, 0.27753279986288915],
    [10, 10, 0.7224672001371109, 1],
  ])('of %i of %i is what an independent reference says', (hits, n, low, high) => {
    expect(wilsonInterval(hits, n).low).toBeCloseTo(low, 12);
    expect(wilsonInterval(hits, n).high).toBeCloseTo(high, 12);
  });

  it('knows nothing where nothing was judged', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('holds its own share, and lies in [0, 1]', () => {
    for (let n = 1; n <= 40; n++) {
      for (let hits = 0; hits <= n; hits++) {
        const { low, high } = wilsonInterval(hits, n);
        expect(low >= 0 && low <= hits / n && hits / n <= high && high <= 1).toBe(true);
      }
    }
  });
});

describe('passAtK', () => {
  it('is the share of k-subsets with a hit, by enumeration', () => {
    for (let n = 1; n <= 8; n++) {
      for (let hits = 0; hits <= n; hits++) {
        for (let k = 1; k <= n; k++) {
          const subsets = Array.from({ length: 2 ** n }, (_, bits) => bits).filter((bits) => ones(bits) === k);
          const good = subsets.filter((bits) => (bits & (2 ** hits - 1)) !== 0);
          expect(passAtK(n, hits, k)).toBeCloseTo(good.length / subsets.length, 12);
        }
      }
    }
  });
});

describe('evaluate', () => {
  it('scores at both ε, with all that a number depends on', () => {
    const samples = [sample('a', 100), sample('b', 103), sample('c', 200)];
    const { scores } = evaluate(samples, { labelSet: 'abc' });
    expect(scores).toMatchObject([
      { rule: 'evom', epsilon: 0.05, labelSet: 'abc', n: 3, problems: 3, hits: 2, masked: 0, accuracy: 2 / 3 },
      { rule: 'evom', epsilon: 1e-4, hits: 1, interval: wilsonInterval(1, 3) },
    ]);
    expect(describeScore(scores[0]!)).toBe(
      '66.7 % (2/3; 95 % interval 20.8–93.9; rule evom, ε 0.05, labels abc; 0 masked)',
    );
  });

  it('counts masked samples and leaves them out: our failures and open certificates, not cut completions', () => {
    const samples: Sample[] = [
      sample('a', 100),
      { problemId: 'b', answer: 100, observation: observe({ outcome: 'infra' }) },
      {
        problemId: 'c',
        answer: 100,
        observation: observe({ outcome: 'uncertified', certificate: certify('open', null) }),
      },
      { problemId: 'd', answer: 100, observation: observe({ outcome: 'truncated' }) },
    ];
    const { scores } = evaluate(samples, { labelSet: 'abc', rules: [findRule('evom'), findRule('orlm')] });
    expect(scores).toMatchObject([
      { rule: 'evom', n: 2, hits: 1, masked: 2 },
      { rule: 'orlm', n: 3, hits: 1, masked: 1 },
    ]);
  });

  it('counts problems, not samples, in its interval', () => {
    const once = [sample('a', 100), sample('b', 200)];
    const often = [...once, ...once, ...once, ...once];
    const [score] = evaluate(often, { labelSet: 'abc' }).scores;
    expect(score).toMatchObject({ n: 8, problems: 2, accuracy: 0.5, interval: wilsonInterval(1, 2) });
  });

  it('gives pass@k where a problem has several samples, over the problems that have k', () => {
    const samples = [
      sample('a', 100),
      sample('a', 200),
      sample('a', 300),
      sample('a', 400),
      sample('b', 100),
      sample('b', 100),
    ];
    const { passAtK: rows } = evaluate(samples, { labelSet: 'abc', rules: [findRule('evom')] });
    expect(rows.map(({ k, problems, value }) => ({ k, problems, value }))).toEqual([
      { k: 1, problems: 2, value: (0.25 + 1) / 2 },
      { k: 2, problems: 2, value: (0.5 + 1) / 2 },
      { k: 4, problems: 1, value: 1 },
    ]);
    expect(evaluate([sample('a', 100)], { labelSet: 'abc' }).passAtK).toEqual([]);
  });

  it('takes one problem on two solvers for two groups, not for two samples', () => {
    const other: Sample = { problemId: 'a', answer: 100, observation: honest(optimal(100), { solver: 'copt' }) };
    expect(evaluate([sample('a', 100), other], { labelSet: 'abc' }).passAtK).toEqual([]);
  });

  it('counts verdicts by solver under the first rule', () => {
    const copt: Sample = { problemId: 'b', answer: 1, observation: observe({ solver: 'copt', outcome: 'time' }) };
    const { verdicts } = evaluate([sample('a', 100), sample('b', 200), copt], { labelSet: 'abc' });
    expect(verdicts).toEqual({ highs: { correct: 1, 'wrong-objective': 1 }, copt: { time: 1 } });
  });

  it('says nothing of no samples, without failing', () => {
    const [score] = evaluate([], { labelSet: 'abc' }).scores;
    expect(score).toMatchObject({ n: 0, accuracy: null, interval: { low: 0, high: 1 } });
    expect(describeScore(score!)).toContain('none (0/0');
  });
});

function ones(bits: number): number {
  return bits.toString(2).replaceAll('0', '').length;
}
