/** Rollouts by hand, and what must hold of every bundle. */

import { expect } from 'vitest';
import type { Bundle } from '../../../kernel/views/bundle.ts';
import { FORMATTED, honest, observe, optimal } from '../../../src/reward/lint-observation.ts';
import type { Observation, Rollout } from '../../../src/types.ts';

/** Problem `p<group>` has answer 100; every other completion of it is right. */
export function makeRollout(group: number, sample: number, told: Partial<Rollout> = {}): Rollout {
  const isCorrect = sample % 2 === 0;
  const id = `p${group}/${sample}`;
  return {
    problem: { id: `p${group}`, text: `A bakery makes ${group} cakes.`, answer: 100, source: 'test' },
    completion: { text: FORMATTED.text, tokenIds: [1, 2, 3], logProbs: [0, 0, 0], truncated: false },
    observation: honest(optimal(isCorrect ? 100 : 250), { id }),
    verdict: isCorrect ? 'correct' : 'wrong-objective',
    reward: { parts: { format: 1, answer: Number(isCorrect) }, total: isCorrect ? 1.2 : 0.2, masked: false },
    advantage: isCorrect ? 1 : -1,
    ...told,
  };
}

export function makeRollouts(groups: number, samples: number): readonly Rollout[] {
  return Array.from({ length: groups * samples }, (_, index) =>
    makeRollout(Math.floor(index / samples), index % samples),
  );
}

/** Everything that an untrusted program or model can write, at once. */
export const HOSTILE =
  '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&\u001b[31mred\u001b[0m\u001b]8;;http://x\u0007\u202eevil\u0000\ud800</pre></td>__proto__';

export function hostileObservation(): Observation {
  return observe({
    ...{ id: HOSTILE, outcome: 'missing-api', detail: HOSTILE, stdout: HOSTILE.repeat(20_000), solverVersion: HOSTILE },
    error: { type: HOSTILE, message: HOSTILE, line: 2 },
    claimed: { status: 'optimal', objective: Number.POSITIVE_INFINITY },
  });
}

const TAGS =
  /^<(?:\/?(?:p|table|thead|tbody|tr|th|td|span|strong|details|summary|pre)|)(?: (?:style|scope|aria-hidden)="[^"<>]*")*>$/;

/** It is JSON as it stands, and whoever has no view can read it. */
export function expectSound(bundle: Bundle): void {
  expect(JSON.parse(JSON.stringify(bundle))).toStrictEqual(bundle);
  const plain = bundle['text/plain'] as string;
  expect(plain.trim()).not.toBe('');
  expect(plain).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
  const { 'text/html': html, 'image/png': png } = bundle as { 'text/html'?: string; 'image/png'?: string };
  expect([html, png].filter((side) => side !== undefined)).toHaveLength(1);
  for (const tag of html?.match(/<[^>]*>/g) ?? []) expect(tag).toMatch(TAGS);
  if (png !== undefined) expect(Buffer.from(png, 'base64').subarray(1, 4).toString()).toBe('PNG');
}
