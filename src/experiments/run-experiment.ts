/**
 * Runs an experiment: each arm with each seed in a folder of its own, an arm after the one that it goes on from, `jobs`
 * of them side by side. What is finished is not run again, in whatever experiment it was; a killed experiment goes on.
 *
 *     <folder>/arms/rl-0123abcd/seed-0/    one arm with one seed (`arms/run-arm.ts`)
 *     <folder>/transfer/                   what the tables are made of (`results.ts`)
 */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ProgramRunner } from '../loop/roll-out.ts';
import { labelSetOf } from '../problems/label-set.ts';
import type { ProblemSet } from '../types.ts';
import { Semaphore } from '../verify/semaphore.ts';
import { modelHash } from './arms/model-files.ts';
import { policyFolder } from './arms/open-policy.ts';
import { type ArmResult, runArm } from './arms/run-arm.ts';
import type { OpenPolicy, Place, Progress, Workshop } from './arms/workshop.ts';
import { type Arm, type Experiment, withAncestors } from './experiment.ts';
import type { Preset } from './presets/preset.ts';
import { problemSets } from './problem-sets.ts';
import { describeExperiment, writeRecord } from './record.ts';
import { type Results, writeResults } from './results.ts';

export interface ExperimentOptions {
  readonly experiment: Experiment;
  readonly preset: Preset;
  readonly folder: string;
  readonly verifier: ProgramRunner;
  readonly openPolicy: OpenPolicy;
  /** As for `--policy`. Default: the preset's. */
  readonly policy?: string;
  /** Seeds 0, 1, … of every marked arm. Default: the preset's. */
  readonly seeds?: number;
  /** Runs the other settings too, with seed 0. Default false. */
  readonly isSweep?: boolean;
  /** Judged besides, as a set of its own. */
  readonly problems?: ProblemSet;
  /** Arms side by side, each with a runtime of its own. Default 1. */
  readonly jobs?: number;
  readonly versions?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Told of arms with their seeds: how many are done, of how many. */
  readonly onArm?: (done: number, all: number) => void;
}

/** Rejects with the reason of `signal` when it fires; the same call goes on from there. */
export async function runExperiment(options: ExperimentOptions): Promise<Results> {
  const { experiment, preset, folder, verifier, openPolicy, versions = {}, isSweep = false } = options;
  const seeds = options.seeds ?? preset.seeds;
  const arms = withAncestors(experiment.arms(preset, { isSweep }));
  const sets = problemSets(preset, options.problems ?? null);
  const base = await policyFolder(options.policy ?? preset.policy, folder);
  const policyHash = await modelHash(base);
  const kept = join(folder, experiment.name);
  const facts = { seeds, sets, policyHash, versions };
  const record = await writeRecord(kept, describeExperiment(experiment, preset, arms, facts));

  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  const tell = options.onProgress ?? ((): void => {});
  const workshop: Workshop = { sets, data: preset.data, verifier, openPolicy, versions, signal, tell };
  const results = await runAll(arms, seeds, workshop, { base, policyHash, ...options }, failed);
  return writeResults(kept, record, results);
}

async function runAll(
  arms: readonly Arm[],
  seeds: number,
  workshop: Workshop,
  options: ExperimentOptions & { readonly base: string; readonly policyHash: string },
  failed: AbortController,
): Promise<readonly ArmResult[]> {
  const { base, policyHash, folder, jobs = 1, onArm } = options;
  const places = new Semaphore(jobs);
  const running = new Map<string, Promise<ArmResult>>();
  let done = 0;
  const start = (arm: Arm, seed: number): Promise<ArmResult> => {
    const own = seedOf(arm, seed);
    const key = `${arm.name} ${own}`;
    const known = running.get(key);
    if (known !== undefined) return known;
    const before = arm.from === null ? null : start(arm.from, own);
    const result = (async (): Promise<ArmResult> => {
      const from = (await before)?.policy ?? base;
      const name = `${arm.name}-${fingerprint(arm, policyHash, workshop)}`;
      const place: Place = { arm: arm.name, seed: own, folder: join(folder, 'arms', name, `seed-${own}`), start: from };
      return places.hold(async () => {
        workshop.signal.throwIfAborted();
        return runArm(arm, place, workshop);
      });
    })();
    running.set(key, result);
    result.then(
      () => onArm?.(++done, running.size),
      (error: unknown) => failed.abort(error),
    );
    return result;
  };
  for (const arm of arms)
    for (let seed = 0; seed < (arm.isMarked ? seeds : 1); seed++) start(arm, seed).catch(() => {});
  await Promise.allSettled(running.values());
  workshop.signal.throwIfAborted();
  return Promise.all(running.values());
}

/** The base is the same whatever the seed. */
function seedOf(arm: Arm, seed: number): number {
  return arm.training === null ? 0 : seed;
}

/** What an arm's weights depend on, its seed apart: the base, the problems, and every training up to its own. */
function fingerprint(arm: Arm, policyHash: string, { sets, data }: Workshop): string {
  const chain = [];
  for (let at: Arm | null = arm; at !== null; at = at.from) chain.push(at.training);
  const labelSets = [sets.training, sets.validation].map(labelSetOf);
  const text = JSON.stringify([policyHash, labelSets, data.maxTokens, chain]);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
