import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeScratch } from '../../src/verify/scratch.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'evom-parent-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const make = () => makeScratch({ EVOM_SCRATCH: parent });

/** A process number that nobody has any more. */
const deadPid = (): number => spawnSync('true').pid;

it('makes a folder of its own each time, closed to others, where EVOM_SCRATCH says', () => {
  const folders = [make(), make()];
  expect(new Set(folders).size).toBe(2);
  for (const folder of folders) expect(dirname(folder)).toBe(parent);
});

it('makes the folder that EVOM_SCRATCH names', () => {
  const absent = join(parent, 'a/b');
  expect(dirname(makeScratch({ EVOM_SCRATCH: absent }))).toBe(absent);
});

it('sweeps the folders of dead owners with all that is in them, and no others', () => {
  const name = basename(make());
  const withOwner = (pid: number | string): string => name.replace(/-\d+-[^-]+$/, `-${pid}-abcdef`);
  const dead = join(parent, withOwner(deadPid()));
  const elsewhere = join(parent, withOwner(deadPid()).replace(/\d+/, '1')); // another process namespace
  const others = [withOwner(process.ppid), withOwner(1), withOwner('x'), 'evom-scratch', 'unrelated', elsewhere];
  for (const folder of [dead, ...others.map((other) => join(parent, basename(other)))]) {
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    writeFileSync(join(folder, 'deep/er/file'), '');
  }
  const fresh = make();
  expect(existsSync(dead)).toBe(false);
  expect(readdirSync(parent).toSorted()).toEqual(
    [name, basename(fresh), ...others.map((other) => basename(other))].toSorted(),
  );
});

it('says what to do where there is no place', () => {
  writeFileSync(join(parent, 'file'), '');
  expect(() => makeScratch({ EVOM_SCRATCH: join(parent, 'file') })).toThrow(/set EVOM_SCRATCH/);
});
