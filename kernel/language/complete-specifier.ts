/** What can be written after `from`: packages that the folder can reach, this one, Node's modules, files. */

import { type Dirent, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Completions } from '../engine/engine.ts';
import { LIBRARY_NAME } from '../engine/library-names.ts';

const IMPORTABLE = /(?<!\.d)\.(?:[cm]?[jt]s|json)$/;

export function completeSpecifier(folder: string, typed: string): Completions['items'] {
  if (/^\.{0,2}\//.test(typed)) return completePath(folder, typed);
  const builtins = builtinModules
    .filter((name) => !name.startsWith('_') && !name.startsWith('node:') && !name.includes('/_'))
    .filter((name) => name.startsWith(typed) || `node:${name}`.startsWith(typed))
    .map((name) => `node:${name}`);
  const packages = new Set([LIBRARY_NAME, ...packagesAbove(folder)].filter((name) => name.startsWith(typed)));
  return [...[...packages].sort(), ...builtins].map((text) => ({ text, kind: 'module' }));
}

function completePath(folder: string, typed: string): Completions['items'] {
  const parent = typed.slice(0, typed.lastIndexOf('/') + 1);
  const begun = typed.slice(parent.length);
  return entriesOf(resolve(folder, parent)).flatMap((entry) => {
    const { name } = entry;
    if (!name.startsWith(begun) || name.startsWith('.') || name === 'node_modules') return [];
    if (entry.isDirectory()) return [{ text: `${parent}${name}/`, kind: 'directory' }];
    return IMPORTABLE.test(name) ? [{ text: `${parent}${name}`, kind: 'script' }] : [];
  });
}

function packagesAbove(folder: string): readonly string[] {
  const modules = join(folder, 'node_modules');
  const here = entriesOf(modules).flatMap(({ name }) => {
    if (name.startsWith('.') || name === '@types') return [];
    return name.startsWith('@') ? entriesOf(join(modules, name)).map((inner) => `${name}/${inner.name}`) : [name];
  });
  return dirname(folder) === folder ? here : [...here, ...packagesAbove(dirname(folder))];
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // is not there, or may not be read
  }
}
