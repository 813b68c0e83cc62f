import type { Experiment } from '../experiment.ts';
import { rlArm, sourceArms } from './arms.ts';

/** Table 3 of the paper: training goes on on another solver. */
export const adapt: Experiment = {
  name: 'adapt',
  title: 'Adaptation to another solver',
  question: 'Does a policy that RL taught on one solver learn another one in fewer steps than the base does?',
  arms(preset) {
    const { source, target } = preset;
    const onTarget = { ...preset.adapt, solvers: [target] };
    const judgedOn = [source, target];
    const { base, rl } = Object.fromEntries(sourceArms(preset, judgedOn, false).map((arm) => [arm.name, arm]));
    if (base === undefined || rl === undefined) return [];
    const fromBase = { name: 'adapt-base', label: `base → RL on ${target}`, from: base, judgedOn };
    const fromRl = { name: 'adapt-rl', label: `RL on ${source} → RL on ${target}`, from: rl, judgedOn };
    return [base, rl, rlArm(preset, fromBase, onTarget), rlArm(preset, fromRl, onTarget)];
  },
  claims: ({ target }) => [
    {
      kind: 'steps',
      name: 'T3',
      text: `From RL on another solver, RL on ${target} needs at most half the steps to the best validation accuracy that RL from the base reaches there (every seed: confirmed; no seed: refuted)`,
      left: 'adapt-base',
      right: 'adapt-rl',
      share: 0.5,
    },
  ],
};
