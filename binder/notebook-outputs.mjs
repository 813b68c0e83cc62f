/** Saved outputs: what of them is the machine's is taken out, and what a clock decides is not compared. */

const KERNEL = { name: 'evom', display_name: 'TypeScript (EVOM)', language: 'typescript' };
/** `12 ms`, `0.03 s of …`, `86 MiB`; numbers that tell how long and how much memory. */
const MEASURES = /\b\d[\d.,]*\s?(?:ms|s|seconds|MiB|KiB|GiB|bytes)\b/g;
/** Fields of the views' data that do. */
const MEASURED = /(?:Ms|Seconds|Bytes)$|^(?:memory|cached|durations?)$/;
const PICTURES = new Set(['image/png', 'image/jpeg']);

/** The notebook of this text, without what is the machine's: `folders` become `.`. */
export function cleanNotebook(text, folders) {
  const placeless = folders.reduce((cleaned, folder) => cleaned.replaceAll(folder, '.'), text);
  const { cells, nbformat, nbformat_minor, metadata } = JSON.parse(placeless);
  return {
    cells: cells.map((cell) => ({ ...cell, metadata: {} })),
    metadata: { kernelspec: KERNEL, language_info: metadata.language_info },
    nbformat,
    nbformat_minor,
  };
}

/** What a cell wrote to standard error, such as a complaint about types; null where none did. */
export function complaintIn({ cells }) {
  const found = cells.flatMap(({ outputs = [] }) => outputs).find(({ name }) => name === 'stderr');
  return found ? [found.text].flat().join('') : null;
}

/** One line that says where two notebooks of the same cells differ; null where they do not. */
export function firstDifference(saved, made) {
  if (saved.cells.length !== made.cells.length) return `${saved.cells.length} cells, now ${made.cells.length}`;
  for (const [index, cell] of made.cells.entries()) {
    const [before, now] = [saved.cells[index], cell].map(outputsOf);
    if (before === now) continue;
    const at = [...now].findIndex((character, place) => character !== before[place]);
    const start = Math.max(0, at - 40);
    return `cell ${index}: …${before.slice(start, at + 60)}… is now …${now.slice(start, at + 60)}…`;
  }
  return null;
}

/** A view that took long to come was displayed, one that did not was the cell's result: no difference. */
function outputsOf({ outputs = [] }) {
  return JSON.stringify(outputs.map(({ name, text, data }) => [name, timeless(text), timeless(data)]));
}

/** Times and amounts of memory become `#`; pictures are left out. */
function timeless(value) {
  if (typeof value === 'string') return value.replace(MEASURES, '#').replace(/ +/g, ' ');
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'string') ? timeless(value.join('')) : value.map(timeless);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !PICTURES.has(key));
  return Object.fromEntries(entries.map(([key, one]) => [key, MEASURED.test(key) ? '#' : timeless(one)]));
}
