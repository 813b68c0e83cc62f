import { matchesClaim } from '../claims.ts';
import type { Experiment } from '../experiment.ts';
import { sourceArms } from './arms.ts';

/** Table 1 of the paper. */
export const sftVsRl: Experiment = {
  name: 'sft-vs-rl',
  title: 'SFT against RL on one solver',
  question: 'Do answers alone teach as much as reference programs do?',
  arms: (preset, { isSweep }) => sourceArms(preset, [preset.source], isSweep),
  claims: ({ source }) => [matchesClaim(source)],
};
