import { describe, expect, it } from 'vitest';
import { OBJECTIVE_NAMES, type ObjectiveName } from '../../src/types.ts';
import { lossOf } from '../../src/update/loss.ts';
import { completionWeights, OBJECTIVES, tokenWeights, updateDefaults } from '../../src/update/objective.ts';
import { readReference } from './reference.ts';

const reference = readReference();
const { lengths, maxTokens, logProbs, oldLogProbs } = reference;
const advantages = lengths.flatMap((length, index) => new Array<number>(length).fill(reference.advantages[index]!));

function lossFor(objective: ObjectiveName, klWeight: number, at: readonly number[] = logProbs) {
  return lossOf(
    {
      logProbs: at,
      oldLogProbs,
      referenceLogProbs: klWeight === 0 ? null : reference.referenceLogProbs,
      advantages,
      weights: tokenWeights(objective, lengths, maxTokens),
    },
    { ...updateDefaults(objective), klWeight },
  );
}

describe.each(reference.losses)("$objective with β = $klWeight on TRL's tensors", (theirs) => {
  const ours = lossFor(theirs.objective, theirs.klWeight);

  it("has TRL's loss to 1e-6", () => {
    expect(Math.abs(ours.loss - theirs.loss)).toBeLessThanOrEqual(1e-6);
  });

  it("has TRL's gradient by each token to 1e-7", () => {
    expect(ours.gradient).toHaveLength(theirs.gradient.length);
    for (const [index, slope] of ours.gradient.entries()) {
      expect(Math.abs(slope - theirs.gradient[index]!)).toBeLessThanOrEqual(1e-7);
    }
  });

  it("has TRL's clip fraction and KL", () => {
    expect(ours.clipFraction).toBeGreaterThan(0);
    expect(ours.clipFraction).toBeCloseTo(theirs.clipFraction, 6);
    if (theirs.kl !== null) expect(ours.kl).toBeCloseTo(theirs.kl, 6);
  });
});

describe('lossOf', () => {
  it.each(OBJECTIVE_NAMES)('%s: the gradient is that of finite differences', (objective) => {
    const { gradient } = lossFor(objective, 0.04);
    for (const index of [0, 4, 9, 17, 30]) {
      const moved = (by: number) => logProbs.map((value, at) => (at === index ? value + by : value));
      const slope = (lossFor(objective, 0.04, moved(1e-5)).loss - lossFor(objective, 0.04, moved(-1e-5)).loss) / 2e-5;
      expect(gradient[index]).toBeCloseTo(slope, 8);
    }
  });

  it('sft is the mean cross-entropy of the tokens, whatever wrote them', () => {
    expect(lossFor('sft', 0).loss).toBeCloseTo(reference.crossEntropy, 6);
  });

  it('has the plain policy gradient −w·A where the policy is the one that wrote', () => {
    const weights = tokenWeights('grpo', lengths, maxTokens);
    const tokens = { logProbs, oldLogProbs: logProbs, referenceLogProbs: null, advantages, weights };
    const { gradient, clipFraction, loss } = lossOf(tokens, { ...updateDefaults('grpo'), klWeight: 0 });
    expect(clipFraction).toBe(0);
    expect([...gradient]).toEqual([...weights].map((weight, index) => -weight * advantages[index]!));
    expect(loss).toBeCloseTo(-reference.advantages.reduce((sum, value) => sum + value, 0) / lengths.length, 12);
  });
});

describe('weights', () => {
  it('sum to 1 for means; dr-grpo divides by a constant, so that short steps weigh less', () => {
    const sum = (name: ObjectiveName) => tokenWeights(name, lengths, maxTokens).reduce((total, w) => total + w, 0);
    for (const name of ['sft', 'grpo', 'dapo'] as const) expect(sum(name)).toBeCloseTo(1, 12);
    expect(sum('dr-grpo')).toBeCloseTo(37 / (6 * 12), 12);
  });

  it('grpo gives each completion the same weight, dapo each token', () => {
    const [short = 0, long = 0] = completionWeights('grpo', [2, 10], maxTokens);
    expect(2 * short).toBeCloseTo(10 * long, 12);
    const [first, second] = completionWeights('dapo', [2, 10], maxTokens);
    expect(first).toBe(second);
  });

  it('are finite for a step without tokens', () => {
    for (const name of OBJECTIVE_NAMES) {
      expect([...completionWeights(name, [0, 0], maxTokens)].every(Number.isFinite)).toBe(true);
      expect(tokenWeights(name, [], maxTokens)).toHaveLength(0);
    }
  });

  it('come with a name that is the key, and with a clip range', () => {
    for (const name of OBJECTIVE_NAMES) {
      expect(OBJECTIVES[name].name).toBe(name);
      expect(updateDefaults(name).clipHigh).toBe(name === 'dapo' ? 0.28 : 0.2);
    }
  });
});
