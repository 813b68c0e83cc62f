/** Tables as text: CSV after RFC 4180 for files, tab-separated for the clipboard. */

export type CellValue = string | number | null;

export function toCsv(header: readonly string[], rows: readonly (readonly CellValue[])[]): string {
  const line = (cells: readonly CellValue[]): string => cells.map(csvCell).join(',');
  return `${[header, ...rows].map(line).join('\r\n')}\r\n`;
}

export function toTabs(header: readonly string[], rows: readonly (readonly CellValue[])[]): string {
  const cell = (value: CellValue): string => String(inert(value) ?? '').replace(/\s+/g, ' ');
  return [header, ...rows].map((cells) => cells.map(cell).join('\t')).join('\n');
}

function csvCell(value: CellValue): string {
  const text = String(inert(value) ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet runs a text that begins like a formula; behind an apostrophe it does not. */
function inert(value: CellValue): CellValue {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
