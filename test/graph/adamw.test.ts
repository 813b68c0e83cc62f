import { describe, expect, it } from 'vitest';
import { adamwGraph, stepCorrections } from '../../src/graph/adamw.ts';
import fixture from './fixtures/adamw.json' with { type: 'json' };
import { floats, sessionOf } from './run.ts';

describe('adamwGraph', () => {
  it('takes the same five steps as torch.optim.AdamW behind clip_grad_norm_, clipped or not', async () => {
    const session = await sessionOf(adamwGraph());
    const size = fixture.start.length;
    const vector = (values: ArrayLike<number>) => floats([size], values);
    const scalar = (value: number) => floats([], [value]);
    let parameters: ArrayLike<number> = fixture.start;
    let [firstMoment, secondMoment]: ArrayLike<number>[] = [new Float32Array(size), new Float32Array(size)];
    for (const [index, step] of fixture.steps.entries()) {
      const { firstCorrection, secondCorrection } = stepCorrections(index + 1);
      const result = await session.run({
        parameters: vector(parameters),
        firstMoment: vector(firstMoment!),
        secondMoment: vector(secondMoment!),
        gradient: vector(step.gradient),
        decayMask: vector(fixture.start.map((_, element) => (element < fixture.decayed ? 1 : 0))),
        learningRate: scalar(fixture.learningRate),
        weightDecay: scalar(fixture.weightDecay),
        firstCorrection: scalar(firstCorrection),
        secondCorrection: scalar(secondCorrection),
        maxGradientNorm: scalar(1),
      });
      parameters = result['newParameters'] as Float32Array;
      firstMoment = result['newFirstMoment'] as Float32Array;
      secondMoment = result['newSecondMoment'] as Float32Array;
      close(parameters, step.parameters, 1e-6);
      close(firstMoment, step.firstMoment, 1e-6);
      close(secondMoment, step.secondMoment, 1e-6);
      close(result['gradientNorm'] as Float32Array, [step.gradientNorm], 1e-6);
    }
    expect(fixture.steps[0]?.gradientNorm).toBeGreaterThan(1);
    expect(fixture.steps[4]?.gradientNorm).toBeLessThan(1);
  });
});

/** Within `tolerance` of the expected vector's largest element. */
function close(got: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  const scale = Math.max(...wanted.map(Math.abs));
  for (const [index, value] of wanted.entries())
    expect(Math.abs((got[index] as number) - value)).toBeLessThanOrEqual(tolerance * scale);
}
