/**
 * How soon an interrupted cell returns, by what it is in the middle of; whether its variables are kept, and what it leaves
 * running. On the real kernel over its sockets.
 *
 * Options: --repeats N (50), --only TEXT (kinds whose name has it), --except TEXT.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderTable } from '../src/text-table.ts';
import { INTERRUPT_KINDS, type InterruptKind } from '../test/e2e/interrupts/kinds.ts';
import { type Repeated, repeatInterrupt } from '../test/e2e/interrupts/repeat.ts';
import { median } from './policy/rounds.ts';

const HEAD = ['', 'n', 'p50 ms', 'max ms', 'over limit', 'ended as told', 'variables kept', 'left running', 'orphans'];

const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
    except: { type: 'string' },
  },
});
const rows: (readonly string[])[] = [];
const { only, except } = values;
const kinds = INTERRUPT_KINDS.filter(({ name }) => name.includes(only) && (!except || !name.includes(except)));
for (const kind of kinds) {
  const folder = mkdtempSync(join(tmpdir(), 'evom-interrupts-'));
  try {
    rows.push(rowOf(kind, await repeatInterrupt(folder, kind, Number(values.repeats))));
  } catch (error) {
    rows.push([kind.name, String(error)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(rows.at(-1)?.join('  '));
}
console.log(`\n${renderTable([HEAD, ...rows])}`);

function rowOf({ name, limit, ends }: InterruptKind, { interruptions, orphans }: Repeated): readonly string[] {
  const count = (test: (one: Repeated['interruptions'][number]) => boolean): string =>
    `${interruptions.filter(test).length}/${interruptions.length}`;
  const times = interruptions.map(({ ms }) => ms);
  return [
    name,
    String(interruptions.length),
    median(times).toFixed(0),
    Math.max(...times).toFixed(0),
    count(({ ms }) => ms > limit),
    count(({ ended }) => ended === ends),
    count(({ isKept }) => isKept),
    count(({ left }) => left.length > 0),
    String(orphans.length),
  ];
}
