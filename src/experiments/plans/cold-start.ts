import type { Claim } from '../claims.ts';
import type { Arm, Experiment } from '../experiment.ts';
import { baseArm, rlArm, sftArm } from './arms.ts';

/** The paper's COPT: a solver that the base hardly knows. */
export const coldStart: Experiment = {
  name: 'cold-start',
  title: 'Cold start on a solver that the base hardly knows',
  question: 'Do a few reference programs and then RL beat either alone, and do many programs hurt the RL after them?',
  arms(preset) {
    const { unknown, source, coldStart } = preset;
    const judgedOn = [unknown, source];
    const base = baseArm(judgedOn);
    const rl = (name: string, label: string, from: Arm): Arm =>
      rlArm(preset, { name, label, from, judgedOn }, { solvers: [unknown] });
    const sft = (name: string, settings: typeof coldStart.small): Arm => {
      const label = `SFT on ${settings.samples} ${unknown}`;
      return sftArm(preset, { name, label, from: base, judgedOn }, { ...settings, solver: unknown });
    };
    const small = sft('cold-small', coldStart.small);
    const large = sft('cold-large', coldStart.large);
    return [
      base,
      rl('cold-rl', `RL on ${unknown}`, base),
      small,
      rl('cold-small-rl', `${small.label} → RL`, small),
      large,
      rl('cold-large-rl', `${large.label} → RL`, large),
    ];
  },
  claims: ({ unknown, coldStart }) => {
    const beats = (name: string, left: string, what: string): Claim => ({
      kind: 'difference',
      name,
      text: `On ${unknown}, SFT on ${coldStart.small.samples} programs and then RL is above ${what}`,
      left,
      right: 'cold-small-rl',
      solver: unknown,
      bound: 0,
    });
    return [beats('C1', 'cold-small', 'that SFT alone'), beats('C2', 'cold-rl', 'RL alone')];
  },
};
