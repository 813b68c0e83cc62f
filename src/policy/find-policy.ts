/** From what `--policy` says to a policy. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EvomError, expected } from '../errors.ts';
import { PACKAGE_ROOT } from '../package-root.ts';
import type { Policy, TrainablePolicy } from '../types.ts';
import { createScriptedPolicy, openScriptedPolicy, SCRIPTED_FILE } from './scripted.ts';

/** The bundled policy's folder. */
export const TINY_FOLDER: string = join(PACKAGE_ROOT, 'policies/tiny');

export interface FindPolicyOptions {
  /** Where a folder's weights run: `cuda`, `webgpu` or `cpu`. Default: the first that is there. */
  readonly device?: string;
  /** Processor threads for a folder's weights. Default: the runtime's own choice. */
  readonly threads?: number;
  /** Whether a folder's prompts ask for a `<think>` block. Default true. */
  readonly isThinking?: boolean;
  /** The model's name behind an endpoint. */
  readonly model?: string;
}

/**
 * `scripted` (the fake), `tiny` (the bundled one), a folder of weights, or the http(s) URL of an OpenAI-compatible
 * endpoint. Rejects with `policy/…` or `config/…` where there is no such policy.
 */
export async function findPolicy(source: string, options: FindPolicyOptions = {}): Promise<Policy> {
  if (source === 'scripted') return createScriptedPolicy();
  if (isEndpoint(source)) return openEndpoint(source, options);
  const folder = source === 'tiny' ? TINY_FOLDER : source;
  if (existsSync(join(folder, SCRIPTED_FILE))) return openScriptedPolicy(folder);
  if (existsSync(join(folder, 'config.json'))) return openFolder(folder, options);
  const what = 'scripted, tiny, a folder with a config.json and weights, or an http(s) URL';
  throw new EvomError('config', 'unknown-policy', expected('policy', what, source, 'Check the name or the path.'));
}

/** The same, refused where it has no weights of its own to train. */
export async function findTrainablePolicy(source: string, options: FindPolicyOptions = {}): Promise<TrainablePolicy> {
  const policy = isEndpoint(source) ? null : await findPolicy(source, options);
  if (policy !== null && isTrainable(policy)) return policy;
  await policy?.close();
  const next = 'An endpoint can be evaluated; to train, name a folder of weights.';
  throw new EvomError('config', 'not-trainable', expected('policy', 'one with weights of its own', source, next));
}

function isEndpoint(source: string): boolean {
  return /^https?:\/\//.test(source);
}

/** Whether it has weights of its own to train. */
export function isTrainable(policy: Policy): policy is TrainablePolicy {
  return 'update' in policy && 'save' in policy;
}

async function openFolder(folder: string, { device, threads, isThinking }: FindPolicyOptions): Promise<Policy> {
  const { OnnxPolicy } = await import('./onnx.ts'); // loaded when asked for: the runtime of weights takes its time
  return OnnxPolicy.open(folder, {
    ...(device !== undefined && { device }),
    ...(threads !== undefined && { threads }),
    ...(isThinking !== undefined && { isThinking }),
  });
}

async function openEndpoint(url: string, { model }: FindPolicyOptions): Promise<Policy> {
  if (model === undefined) {
    const next = 'Name one of those that the endpoint lists under /v1/models.';
    throw new EvomError('config', 'no-model', expected('--model', 'the name of a model', 'none', next));
  }
  const { createOpenAiPolicy } = await import('./openai.ts');
  return createOpenAiPolicy({ url, model });
}
