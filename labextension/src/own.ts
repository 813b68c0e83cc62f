/** A record's own value, by a name that may be anything a program wrote: `__proto__` is nothing of what lacks it. */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
