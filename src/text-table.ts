/** Columns of equal width, two spaces apart; a column of numbers is right-aligned. The first row is the header. */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const columns = (rows[0] ?? []).map((_, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    return {
      width: Math.max(...cells.map((cell) => cell.length)),
      isNumeric: cells.slice(1).every((cell) => /^(?:-|[\d.,]*(?: ms)?)$/.test(cell)),
    };
  });
  return rows
    .map((row) =>
      columns
        .map(({ width, isNumeric }, index) => {
          const cell = row[index] ?? '';
          return isNumeric ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
