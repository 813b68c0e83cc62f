import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Solver } from '../solvers/solver.ts';

/** A user's own licence, fit to be used by fenced programs, or the reason why it is not. */
export type UserLicence =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'node-locked';
      readonly environment: Readonly<Record<string, string>>;
      readonly readable: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Looks for the user's licence of a solver. A node-locked one is bound to this machine and holds no secret that is of
 * use elsewhere, so programs may read it. One that names a server or carries cloud keys is refused: programs have no
 * network, and must not read the keys.
 */
export function findUserLicence(solver: Solver, environment: NodeJS.ProcessEnv = process.env): UserLicence {
  for (const { variable, names } of solver.licence.files) {
    const value = environment[variable];
    const folder = value ?? join(homedir(), solver.name === 'copt' ? 'copt' : '');
    const candidates = value && isFile(value) ? [value] : names.map((name) => join(folder, name));
    const files = candidates.filter((path) => existsSync(path));
    if (files.length === 0) continue;
    const texts = files.map((path) => [path, readText(path)] as const);
    const [unreadable] = texts.find(([, text]) => text === null) ?? [];
    if (unreadable) {
      return { kind: 'refused', reason: `the licence \`${unreadable}\` cannot be read. Let this user read it.` };
    }
    const [networked] = texts.find(([, text]) => solver.licence.network?.test(text ?? '')) ?? [];
    if (networked) {
      return {
        kind: 'refused',
        reason:
          `the licence \`${networked}\` needs a licence server, and programs have no network. ` +
          `Use a node-locked licence, or point ${variable} to an empty folder for the size-limited one.`,
      };
    }
    return {
      kind: 'node-locked',
      environment: { [variable]: value ?? (files.length === 1 ? (files[0] ?? '') : folder) },
      readable: files,
    };
  }
  return { kind: 'none' };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
