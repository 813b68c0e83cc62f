import { EvomError, expected } from '../../errors.ts';
import type { Experiment } from '../experiment.ts';
import { ablate } from './ablate.ts';
import { adapt } from './adapt.ts';
import { coldStart } from './cold-start.ts';
import { joint } from './joint.ts';
import { sftVsRl } from './sft-vs-rl.ts';
import { transfer } from './transfer.ts';

export const EXPERIMENTS: readonly Experiment[] = [sftVsRl, transfer, adapt, coldStart, joint, ablate];

/** Throws `config/unknown-experiment`. */
export function findExperiment(name: string): Experiment {
  const experiment = EXPERIMENTS.find((candidate) => candidate.name === name);
  if (experiment) return experiment;
  const names = EXPERIMENTS.map((candidate) => candidate.name).join(', ');
  const message = expected('experiment', `among ${names}`, name, 'Correct the name.');
  throw new EvomError('config', 'unknown-experiment', message);
}
