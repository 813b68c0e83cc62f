/** Arms that take turns, and how what they took is shown. */

import { renderTable } from '../../src/text-table.ts';

export interface Settings {
  readonly rounds: number;
  readonly threads: number;
  /** Nothing else runs on the machine, as far as its load before the start says. */
  readonly isQuiet: boolean;
}

/** Wall time over processor time beyond which an arm has waited for its processor. */
const MOST_WAITING = 1.5;

/** What one turn of an arm took. */
export interface Measurement {
  readonly wallMs: number;
  /** Further columns of the table, by their titles. */
  readonly columns: Readonly<Record<string, number>>;
}

export interface Arm {
  readonly name: string;
  readonly measure: (round: number) => Promise<Measurement>;
}

export interface Criterion {
  /** An arm's name: ours is the first arm. */
  readonly against: string;
  /** `time`: our time over theirs. `speed`: theirs over ours. */
  readonly as: 'time' | 'speed';
  /** What the ratio should reach: at most for a time, at least for a speed. */
  readonly bound: number;
}

/** Every arm once a round, in turns that begin with another arm each; then a table of medians and the ratios. */
export async function compare(
  title: string,
  arms: readonly Arm[],
  criteria: readonly Criterion[],
  { rounds, isQuiet }: Settings,
): Promise<void> {
  const measured = new Map<string, Measurement[]>(arms.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const order = [...arms.slice(round % arms.length), ...arms.slice(0, round % arms.length)];
    for (const { name, measure } of order) measured.get(name)?.push(await measure(round));
  }
  const of = (name: string | undefined): readonly Measurement[] => measured.get(name ?? '') ?? [];
  const titles = Object.keys(of(arms[0]?.name)[0]?.columns ?? {});
  const body = arms.map(({ name }) => {
    const walls = of(name).map(({ wallMs }) => wallMs);
    const columns = titles.map((column) =>
      format(median(of(name).map(({ columns }) => columns[column] ?? Number.NaN))),
    );
    return [name, format(median(walls)), format(Math.min(...walls)), ...columns];
  });
  console.log(`\n${title}`);
  console.log(renderTable([['arm', 'median ms', 'min ms', ...titles], ...body]));
  for (const { against, as, bound } of criteria) {
    const ratios = of(arms[0]?.name).map(({ wallMs }, round) => {
      const theirs = of(against)[round]?.wallMs ?? Number.NaN;
      return as === 'time' ? wallMs / theirs : theirs / wallMs;
    });
    const isMet = as === 'time' ? median(ratios) <= bound : median(ratios) >= bound;
    const shown = `${median(ratios).toFixed(2)}× (rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`;
    const hasWaited = [...of(arms[0]?.name), ...of(against)].some(
      ({ wallMs, columns }) => wallMs > MOST_WAITING * (columns['CPU ms'] ?? Number.POSITIVE_INFINITY),
    );
    const verdict = !isQuiet || hasWaited ? 'not judged: the machine was not quiet' : isMet ? 'met' : 'NOT MET';
    const wanted = `${as === 'time' ? '≤' : '≥'} ${bound} ${verdict}`;
    console.log(`${as} of ${arms[0]?.name} to ${against}: ${shown}, ${wanted}`);
  }
}

/**
 * Threads that torch may take: all, or one. Where anything else runs on the machine, its threads wait for one another
 * spinning, and two can be ten times slower than one; a ratio to that would say nothing.
 */
export function threadChoices({ threads }: Settings): readonly number[] {
  return [...new Set([threads, 1])];
}

/** The choice with the shortest time, and a line that names all. */
export async function fastest<Choice>(
  choices: readonly Choice[],
  name: (choice: Choice) => string,
  measure: (choice: Choice) => Promise<number>,
): Promise<{ readonly best: Choice; readonly line: string }> {
  const tried: { readonly choice: Choice; readonly wallMs: number }[] = [];
  for (const choice of choices) tried.push({ choice, wallMs: await measure(choice) });
  const best = tried.toSorted((left, right) => left.wallMs - right.wallMs)[0]!.choice;
  const shown = tried.map(({ choice, wallMs }) => `${name(choice)}: ${wallMs.toFixed(0)} ms`);
  return { best, line: `${name(best)} (${shown.join('; ')})` };
}

/** Runs something and says what it took in this process, its threads included. */
export async function timed<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly wallMs: number; readonly cpuMs: number; readonly result: Result }> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - started, cpuMs: (user + system) / 1000, result };
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] ?? Number.NaN;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

function format(value: number): string {
  if (Number.isNaN(value)) return '-';
  return value.toFixed(Math.abs(value) < 10 ? 2 : 0);
}
