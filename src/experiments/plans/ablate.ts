import type { Arm, Experiment, ReinforcedTraining } from '../experiment.ts';
import { baseArm, rlArm, sftArm } from './arms.ts';

/**
 * The paper's ablations: no `<think>` block, and DAPO in place of GRPO. The base always thinks, so that both arms of the
 * first begin with a short SFT, one on programs with their thoughts, one without, and are then rewarded for answers alone.
 */
export const ablate: Experiment = {
  name: 'ablate',
  title: 'Ablations: without <think>, and DAPO for GRPO',
  question: 'What does the thinking block bring, and does it matter which of the two objectives is used?',
  arms(preset) {
    const { source, target } = preset;
    const judgedOn = [source, target];
    const base = baseArm(judgedOn);
    const answersAlone = { format: 0, answer: 1 };
    const rl = (name: string, label: string, from: Arm, other: Partial<ReinforcedTraining>): Arm =>
      rlArm(preset, { name, label, from, judgedOn }, other);
    const think = sftArm(preset, { name: 'sft', label: `SFT on ${source}`, from: base, judgedOn });
    const noThink = sftArm(
      preset,
      { name: 'no-think-sft', label: `SFT on ${source} without <think>`, from: base, judgedOn },
      { isThinking: false },
    );
    return [
      base,
      rl('rl', `RL on ${source}`, base, {}),
      rl('dapo', `DAPO on ${source}`, base, { objective: 'dapo' }),
      think,
      rl('think-rl', `${think.label} → RL`, think, { rewardWeights: answersAlone }),
      noThink,
      rl('no-think-rl', `${noThink.label} → RL`, noThink, { rewardWeights: answersAlone, isThinking: false }),
    ];
  },
  claims: () => [],
};
