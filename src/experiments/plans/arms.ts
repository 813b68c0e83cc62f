/** The arms that several experiments share. The same arm in two experiments is trained once. */

import type { SolverName } from '../../types.ts';
import type { Arm, ReinforcedTraining, SupervisedTraining } from '../experiment.ts';
import type { Preset } from '../presets/preset.ts';

type Placed = Pick<Arm, 'name' | 'label' | 'from' | 'judgedOn'> & Partial<Pick<Arm, 'isMarked'>>;

/** The weights that everything begins with. */
export function baseArm(judgedOn: readonly SolverName[]): Arm {
  return { name: 'base', label: 'base', from: null, training: null, judgedOn, isMarked: true };
}

/** SFT on reference programs; the source solver's, unless said otherwise. */
export function sftArm(preset: Preset, placed: Placed, other: Partial<SupervisedTraining> = {}): Arm {
  const training = { ...preset.sft, solver: preset.source, isThinking: true, ...other, kind: 'sft' } as const;
  return { isMarked: true, ...placed, training };
}

/** RL on answers; on the source solver, unless said otherwise. */
export function rlArm(preset: Preset, placed: Placed, other: Partial<ReinforcedTraining> = {}): Arm {
  const training = { ...preset.rl, solvers: [preset.source], isThinking: true, ...other, kind: 'rl' } as const;
  return { isMarked: true, ...placed, training };
}

/** Base, SFT and RL on the source solver, and with a sweep the two at other settings. */
export function sourceArms(preset: Preset, judgedOn: readonly SolverName[], isSweep: boolean): readonly Arm[] {
  const from = baseArm(judgedOn);
  const { source } = preset;
  return [
    from,
    sftArm(preset, { name: 'sft', label: `SFT on ${source}`, from, judgedOn }),
    rlArm(preset, { name: 'rl', label: `RL on ${source}`, from, judgedOn }),
    ...(isSweep ? sweptArms(preset, from, judgedOn) : []),
  ];
}

function sweptArms(preset: Preset, from: Arm, judgedOn: readonly SolverName[]): readonly Arm[] {
  const { sft, rl, sweep } = preset;
  const isNew = (marked: object, setting: object): boolean =>
    JSON.stringify({ ...marked, ...setting }) !== JSON.stringify(marked);
  return [
    ...sweep.sft
      .filter((setting) => isNew(sft, setting))
      .map(({ learningRate, epochs }) => {
        const name = `sft-${learningRate.toExponential()}-x${epochs}`;
        const label = `SFT ${learningRate.toExponential()} × ${epochs}`;
        return sftArm(preset, { name, label, from, judgedOn, isMarked: false }, { learningRate, epochs });
      }),
    ...sweep.rl
      .filter((setting) => isNew(rl, setting))
      .map(({ learningRate, klWeight }) => {
        const name = `rl-${learningRate.toExponential()}-kl-${klWeight}`;
        const label = `RL ${learningRate.toExponential()}${klWeight > 0 ? ` KL ${klWeight}` : ''}`;
        return rlArm(preset, { name, label, from, judgedOn, isMarked: false }, { learningRate, klWeight });
      }),
  ];
}
