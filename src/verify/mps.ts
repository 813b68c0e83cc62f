/** What an MPS text holds beyond what HiGHS reads. Unknown sections are dropped *silently* by readers, so they count. */

const READ_BY_HIGHS = new Set([
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
]);

/** The first section that HiGHS would not read (SOS, general, indicator or quadratic constraints, …), or null. */
export function unreadableSection(mps: string): string | null {
  for (const [, section] of mps.matchAll(/^([A-Za-z]\w*)/gm)) {
    if (section !== undefined && !READ_BY_HIGHS.has(section.toUpperCase())) return section;
  }
  return null;
}
