/** Magics as text in a notebook's cells: what a chooser writes there stays when the notebook is run as a script. Pure. */

/** Magics that are told a solver. */
const TAKES_SOLVER = /^\s*%%?(?:generate|verify|train|evaluate|transfer)(?=\s|$)/;
const SOLVER_FLAG = /\s--solver(?:\s+|=)(\S+)/;

/** Where the last `%policy …` or `%problems …` line is; null where there is none. Not of a `%%` magic's body. */
export function choiceLine(source: string, magic: string): { readonly start: number; readonly end: number } | null {
  if (source.trimStart().startsWith('%%')) return null;
  const last = [...source.matchAll(new RegExp(`^[^\\S\\n]*%${magic}(?:[^\\S\\n][^\\n]*)?$`, 'gm'))].at(-1);
  return last === undefined ? null : { start: last.index, end: last.index + last[0].length };
}

/** The cell with its last such line replaced; null where it has none. */
export function withChoice(source: string, magic: string, name: string): string | null {
  const line = choiceLine(source, magic);
  return line === null ? null : `${source.slice(0, line.start)}${choice(magic, name)}${source.slice(line.end)}`;
}

/** `%policy tiny`; a name with a space is quoted, as the kernel reads it. */
export function choice(magic: string, name: string): string {
  return `%${magic} ${/\s/.test(name) ? JSON.stringify(name) : name}`;
}

/** The solver that the cell's first such magic names: `''` for its default; null where the cell has none. */
export function solverOf(source: string): string | null {
  const line = magicLines(source).find((text) => TAKES_SOLVER.test(text));
  return line === undefined ? null : (SOLVER_FLAG.exec(line)?.[1] ?? '');
}

/** The cell with this solver in each magic that takes one; `''` leaves it to the default. */
export function withSolver(source: string, solver: string): string {
  const lines = magicLines(source);
  const changed = lines.map((line) => {
    if (!TAKES_SOLVER.test(line)) return line;
    const flag = solver === '' ? '' : ` --solver ${solver}`;
    return SOLVER_FLAG.test(line) ? line.replace(SOLVER_FLAG, flag) : `${line.trimEnd()}${flag}`;
  });
  return [...changed, ...source.split('\n').slice(lines.length)].join('\n');
}

/** The lines that may be magics: of a cell with a body the first alone. */
function magicLines(source: string): readonly string[] {
  const lines = source.split('\n');
  return source.startsWith('%%') ? lines.slice(0, 1) : lines;
}
