import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type FindPolicyOptions, findTrainablePolicy, TINY_FOLDER } from '../../policy/find-policy.ts';
import { TRAINER } from '../../policy/folder/checkpoint.ts';
import { createScriptedPolicy, openScriptedPolicy, SCRIPTED_FILE } from '../../policy/scripted.ts';
import type { SyntheticProblem } from '../../problems/synthetic/generate.ts';
import { readProblem } from '../../problems/synthetic/read.ts';
import { readCompletion } from '../../reward/format.ts';
import type { Prompt } from '../../types.ts';
import { copyModel } from './model-files.ts';
import { referenceCompletion } from './reference.ts';
import type { OpenPolicy } from './workshop.ts';

/** Opens folders of weights, and those of the scripted policy, whose right programs are then those that SFT teaches. */
export function policyOpener(options: FindPolicyOptions): OpenPolicy {
  return (folder, { isThinking }) =>
    existsSync(join(folder, SCRIPTED_FILE))
      ? openScriptedPolicy(folder, { programOf })
      : findTrainablePolicy(folder, { ...options, isThinking });
}

/**
 * The folder of `--policy`. The scripted policy gets one in `folder`, as it has none; so does a checkpoint, without its
 * optimiser, since every arm begins with one of its own.
 */
export async function policyFolder(source: string, folder: string): Promise<string> {
  if (source === 'tiny') return TINY_FOLDER;
  if (existsSync(join(source, TRAINER))) {
    const model = join(folder, 'base');
    await copyModel(source, model);
    return model;
  }
  if (source !== 'scripted') return source;
  const scripted = join(folder, 'scripted');
  await mkdir(scripted, { recursive: true });
  if (!existsSync(join(scripted, SCRIPTED_FILE))) await createScriptedPolicy().save(scripted);
  return scripted;
}

/** A problem that comes from a store has its text alone. */
function programOf({ problem, solver }: Prompt): string | null {
  const model = (problem as Partial<SyntheticProblem>).model ?? readProblem(problem.text);
  return model === null ? null : readCompletion(referenceCompletion(model, solver, true)).program;
}
