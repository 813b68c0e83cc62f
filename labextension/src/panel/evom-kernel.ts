/** Which kernel is EVOM's: a running one by what it says of itself, one to be started by its name. */

import type { Kernel, KernelSpec } from '@jupyterlab/services';

export async function isEvom(kernel: Kernel.IKernelConnection): Promise<boolean> {
  try {
    return (await kernel.info).implementation === 'evom';
  } catch {
    return false; // it died before it could say
  }
}

/** The kernel's usual name, else another that is displayed as it; null where there is none. */
export function evomKernelName(specs: KernelSpec.ISpecModels | null): string | null {
  const named = Object.values(specs?.kernelspecs ?? {}).flatMap((spec) => spec ?? []);
  const found =
    named.find(({ name }) => name === 'evom') ??
    named.find(({ display_name: title }) => title.startsWith('TypeScript (EVOM)'));
  return found?.name ?? null;
}
