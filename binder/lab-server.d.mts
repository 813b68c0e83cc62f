/** Types of `lab-server.mjs`, which is plain JavaScript because set-up runs on any Node from 18. */

import type { ChildProcess } from 'node:child_process';

export function findLab(venv: string): Promise<{ readonly pid: number; readonly url: string } | null>;

/** `exited` settles once the server has. */
export function startLab(
  venv: string,
  options: { readonly root: string; readonly port: number | null },
): Promise<{ readonly url: string; readonly child: ChildProcess; readonly exited: Promise<void> }>;

export function stopLab(venv: string): Promise<boolean>;

export function addressOf(url: string, file: string): string;
