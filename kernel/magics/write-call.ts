/** TypeScript text of calls. */

/** `'plain'`, or `"with\nescapes"`. */
export function quote(text: string): string {
  return /^[^'"\\\p{Cc}\u2028\u2029]*$/u.test(text) ? `'${text}'` : JSON.stringify(text);
}

/** `await name(first, { key: value })`: every part is an expression; without options there is no object. */
export function writeCall(
  name: string,
  options: Readonly<Record<string, string>>,
  ...first: readonly (string | null)[]
): string {
  const entries = Object.entries(options).map(([key, value]) => `${key}: ${value}`);
  const object = entries.length === 0 ? [] : [`{ ${entries.join(', ')} }`];
  return `await ${name}(${[...first.filter((part) => part !== null), ...object].join(', ')})`;
}
