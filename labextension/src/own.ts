/** A record's own value, by a name that may be anything a program wrote: `__proto__` is nothing of what lacks it. */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Names and values in the order of the names: a saved notebook has them so, and should look as it did before. */
export function entriesOf<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1));
}
