import { matchesClaim, transferClaims } from '../claims.ts';
import type { Experiment } from '../experiment.ts';
import { sourceArms } from './arms.ts';

/** Table 2 of the paper: learnt on one solver, judged on another without having seen a program for it. */
export const transfer: Experiment = {
  name: 'transfer',
  title: 'Zero-shot transfer to other solvers',
  question: 'Does what was learnt on one solver carry over to the others, and is it kept by RL better than by SFT?',
  arms: (preset, { isSweep }) => sourceArms(preset, [preset.source, preset.target, preset.unknown], isSweep),
  claims: ({ source, target }) => [matchesClaim(source), ...transferClaims(source, target)],
};
