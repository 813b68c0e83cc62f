import { EvomError, expected } from '../../errors.ts';
import type { SolverName } from '../../types.ts';
import type { ReinforcedTraining, SupervisedTraining } from '../experiment.ts';
import { smoke } from './smoke.ts';
import { tiny } from './tiny.ts';

/** Every number of the experiments at one scale. Plain data. */
export interface Preset {
  readonly name: string;
  /** As for `--policy`. */
  readonly policy: string;
  /** What the arms learn, what they are judged on unseen, and what the base hardly knows. */
  readonly source: SolverName;
  readonly target: SolverName;
  readonly unknown: SolverName;
  readonly data: DataSettings;
  readonly sft: Omit<SupervisedTraining, 'kind' | 'solver' | 'isThinking'>;
  readonly rl: Omit<ReinforcedTraining, 'kind' | 'solvers' | 'isThinking'>;
  /** RL on the target: validated often, since its steps are compared. */
  readonly adapt: Pick<ReinforcedTraining, 'steps' | 'validateEvery' | 'patience'>;
  /** SFT on the unknown solver before RL: a few programs many times, and many programs. */
  readonly coldStart: {
    readonly small: Pick<SupervisedTraining, 'samples' | 'epochs' | 'learningRate' | 'validateEvery'>;
    readonly large: Pick<SupervisedTraining, 'samples' | 'epochs' | 'learningRate' | 'validateEvery'>;
  };
  /** Beside the marked setting. */
  readonly sweep: {
    readonly sft: readonly Pick<SupervisedTraining, 'epochs' | 'learningRate'>[];
    readonly rl: readonly Pick<ReinforcedTraining, 'klWeight' | 'learningRate'>[];
  };
  /** How many seeds a marked arm runs with: 0, 1, … */
  readonly seeds: number;
}

/** Which problems: families and difficulties are the recipe's. */
export interface DataSettings {
  /** Name of the pretraining recipe whose problems these are. */
  readonly recipe: string;
  /** Training and validation problems have training wordings and other seeds; the recipe's own seed is another one. */
  readonly trainingSeed: number;
  readonly validationSeed: number;
  readonly validation: number;
  /** Held-out wordings, never trained on and never looked at for a decision. */
  readonly heldOutSeed: number;
  readonly heldOut: number;
  /** Problems of families that nothing was ever trained on; reported apart. */
  readonly unseenFamilies: number;
  /** Sampled completions of a problem, at temperature 1, beside the greedy one. */
  readonly sampled: number;
  readonly maxTokens: number;
}

const PRESETS: readonly Preset[] = [tiny, smoke];

/** Throws `config/unknown-preset`. */
export function findPreset(name: string): Preset {
  const preset = PRESETS.find((candidate) => candidate.name === name);
  if (preset) return preset;
  const names = PRESETS.map((candidate) => candidate.name).join(', ');
  throw new EvomError('config', 'unknown-preset', expected('--preset', `among ${names}`, name, 'Correct the name.'));
}
