/** What an MPS text holds beyond what HiGHS reads. Unknown sections are dropped *silently* by readers, so they count. */

const READ_BY_HIGHS = [
  'NAME',
  'OBJSENSE',
  'OBJNAME',
  'ROWS',
  'COLUMNS',
  'RHS',
  'RANGES',
  'BOUNDS',
  'QUADOBJ',
  'QMATRIX',
  'ENDATA',
  'MAX',
  'MIN',
  'MAXIMIZE',
  'MINIMIZE',
];

// One search by the engine: a hostile text of millions of section lines must not cost a loop over them.
const UNREADABLE = new RegExp(`^(?!(?:${READ_BY_HIGHS.join('|')})\\b)[A-Za-z]\\w*`, 'im');

/** The first section that HiGHS would not read (SOS, general, indicator or quadratic constraints, …), or null. */
export function unreadableSection(mps: string): string | null {
  return UNREADABLE.exec(mps)?.[0] ?? null;
}
