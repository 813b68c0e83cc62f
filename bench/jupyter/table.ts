/** What the suites found, as Markdown: counts, then every check that a kernel does not pass in every round, and why. */

/** Rows by suite, of one round. */
export type Suites = Readonly<Record<string, readonly Row[]>>;

interface Row {
  readonly check: string;
  readonly verdict: 'pass' | 'fail' | 'unsupported';
  readonly why: string;
}

/** A reason is cut there. */
const WHY_LENGTH = 120;

/** `results`: the rounds of each kernel. */
export function suitesTable(results: Readonly<Record<string, readonly Suites[]>>): string {
  const kernels = Object.entries(results);
  const suites = Object.keys(kernels[0]?.[1][0] ?? {});
  const counts = suites.map((suite) => [suite, ...kernels.map(([, rounds]) => countOf(checksOf(rounds, suite)))]);
  const missed = kernels.flatMap(([kernel, rounds]) =>
    suites.flatMap((suite) =>
      Object.entries(checksOf(rounds, suite))
        .filter(([, rows]) => !isPassed(rows))
        .map(([check, rows]) => [kernel, suite, check, reasonOf(rows)]),
    ),
  );
  const passed = markdown(['checks passed', ...kernels.map(([kernel]) => kernel)], counts);
  return missed.length === 0 ? passed : `${passed}\n\n${markdown(['kernel', 'suite', 'not passed', 'why'], missed)}`;
}

/** A check's rows in all rounds. */
type Checks = Readonly<Record<string, readonly Row[]>>;

function checksOf(rounds: readonly Suites[], suite: string): Checks {
  const rows = rounds.flatMap((round) => round[suite] ?? []);
  return Object.groupBy(rows, ({ check }) => check) as Checks;
}

function countOf(checks: Checks): string {
  const all = Object.values(checks);
  return `${all.filter(isPassed).length} of ${all.length}`;
}

function isPassed(rows: readonly Row[]): boolean {
  return rows.every(({ verdict }) => verdict === 'pass');
}

/** The first, with how often it was so where that varies. */
function reasonOf(rows: readonly Row[]): string {
  const missed = rows.filter(({ verdict }) => verdict !== 'pass');
  const { verdict, why } = missed[0] as Row;
  const text = verdict === 'unsupported' ? `not supported: ${why}` : why;
  const short = text.length > WHY_LENGTH ? `${text.slice(0, WHY_LENGTH - 1)}…` : text;
  return missed.length < rows.length ? `${missed.length} of ${rows.length} times: ${short}` : short;
}

function markdown(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cellOf).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

/** Reasons hold whatever a kernel wrote. */
function cellOf(text: string): string {
  return text.replaceAll('\u001b', '␛').replaceAll('|', '\\|');
}
