import { describe, expect, it } from 'vitest';
import { certify, FORMATTED, honest, observe, optimal } from '../../src/reward/lint-observation.ts';
import { createReward, parseRewardWeights } from '../../src/reward/reward.ts';
import { findRule } from '../../src/reward/rules.ts';

const right = honest(optimal(100));
const BARE = { text: '<code>import highspy</code>', truncated: false };

describe('createReward', () => {
  it('is 0.2·τ_fmt + 1·τ_ans by default', () => {
    const reward = createReward();
    expect(reward({ observation: right, answer: 100, completion: FORMATTED })).toEqual({
      parts: { format: 1, answer: 1 },
      total: 1.2,
      masked: false,
    });
    expect(reward({ observation: right, answer: 250, completion: FORMATTED })).toEqual({
      parts: { format: 1, answer: 0 },
      total: 0.2,
      masked: false,
    });
    expect(reward({ observation: right, answer: 100, completion: BARE })).toEqual({
      parts: { format: 0, answer: 1 },
      total: 1,
      masked: false,
    });
  });

  it('gives the sum of the paper literally under weights 1,1', () => {
    const reward = createReward({ weights: parseRewardWeights('1,1') });
    expect(reward({ observation: right, answer: 100, completion: FORMATTED }).total).toBe(2);
  });

  it('has no format part where a bare program was given', () => {
    expect(createReward()({ observation: right, answer: 100 })).toEqual({
      parts: { answer: 1 },
      total: 1,
      masked: false,
    });
  });

  it('judges under the rule that it is given', () => {
    const near = honest(optimal(101));
    expect(createReward()({ observation: near, answer: 100 }).total).toBe(1);
    expect(createReward({ rule: findRule('evom', 1e-4) })({ observation: near, answer: 100 }).total).toBe(0);
  });

  it('masks our failures, cut completions and open certificates, and nothing else', () => {
    const reward = createReward({ rule: findRule('orlm') });
    const open = honest(optimal(100), { certificate: certify('open', null) });
    for (const observation of [observe({ outcome: 'infra' }), observe({ outcome: 'truncated' }), open]) {
      expect(reward({ observation, answer: 100, completion: FORMATTED })).toEqual({
        parts: { format: 1, answer: 0 },
        total: 0,
        masked: true,
      });
    }
    expect(reward({ observation: right, answer: 100, completion: { ...FORMATTED, truncated: true } }).masked).toBe(
      true,
    );
    for (const outcome of ['time', 'memory', 'blocked', 'licence', 'uncertified', 'exception'] as const) {
      expect(reward({ observation: observe({ outcome }), answer: 100, completion: FORMATTED }).masked).toBe(false);
    }
  });
});

describe('parseRewardWeights', () => {
  it('reads the format weight, then the answer weight', () => {
    expect(parseRewardWeights('0.2,1')).toEqual({ format: 0.2, answer: 1 });
    expect(parseRewardWeights(' 0 , 2e0 ')).toEqual({ format: 0, answer: 2 });
  });

  it.each(['', '1', '1,', '1,1,1', 'a,b', '-1,1', 'nan,1', 'Infinity,1'])(
    'refuses %j, and says what to write',
    (text) => {
      expect(() => parseRewardWeights(text)).toThrow(/two numbers.*0\.2,1/s);
    },
  );
});
