import { answerChannel } from './answer-channel.ts';
import { answerChannelHook } from './answer-channel-hook.ts';
import type { Attack } from './attack.ts';
import { files } from './files.ts';
import { kernelSurface } from './kernel-surface.ts';
import { modelLevel } from './model-level.ts';
import { modelLevelGuess } from './model-level-guess.ts';
import { network } from './network.ts';
import { resourcesSpace } from './resources-space.ts';
import { resourcesTime } from './resources-time.ts';

/**
 * The attack table: every way we know to a score that was not earned, or out of the sandbox. Each runs on every solver.
 *
 * Does NOT cover: faults in the kernel's own allowed calls, timing side channels, and what is listed as `notStopped`.
 */
export const ATTACKS: readonly Attack[] = [
  ...answerChannel,
  ...answerChannelHook,
  ...modelLevel,
  ...modelLevelGuess,
  ...resourcesTime,
  ...resourcesSpace,
  ...files,
  ...network,
  ...kernelSurface,
];
