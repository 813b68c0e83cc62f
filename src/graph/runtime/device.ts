/** Where graphs run. */

import { existsSync } from 'node:fs';
import process from 'node:process';

/** In the order in which `auto` tries them. */
export const DEVICES = ['cuda', 'webgpu', 'cpu'] as const;
export type Device = (typeof DEVICES)[number];

/** Device files that a Linux host has where the device may be there; `/dev/dxg` is Windows' own under WSL. */
const FILES: Readonly<Record<Device, readonly string[]>> = {
  cuda: ['/dev/nvidiactl', '/dev/dxg'],
  webgpu: ['/dev/dri', '/dev/dxg'],
  cpu: ['/'],
};

/** False where the device cannot be there, so that trying it would only print the driver's complaints. */
export function isPlausible(device: Device): boolean {
  if (process.platform === 'linux') return FILES[device].some((file) => existsSync(file));
  return device !== 'cuda' || process.platform === 'win32';
}
