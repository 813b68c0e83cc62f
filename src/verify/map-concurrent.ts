/**
 * Maps a stream with at most `limit` items in work, in the order of completion or of input. Back-pressure: while the
 * reader does not read, nothing new is taken from the source.
 */
export async function* mapConcurrent<Item, Result>(
  source: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  order: 'completion' | 'input',
  task: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  type Done = { readonly key: number; readonly result: Result };
  const items = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const inWork = new Map<number, Promise<Done>>();
  let next = 0;
  let isExhausted = false;
  try {
    for (;;) {
      while (!isExhausted && inWork.size < limit) {
        const item = await items.next();
        if (item.done) {
          isExhausted = true;
          break;
        }
        const key = next++;
        const done = task(item.value).then((result) => ({ key, result }));
        done.catch(() => {}); // seen when its turn comes
        inWork.set(key, done);
      }
      const [oldest] = inWork.values();
      if (!oldest) return;
      const { key, result } = await (order === 'input' ? oldest : Promise.race(inWork.values()));
      inWork.delete(key);
      yield result;
    }
  } finally {
    await items.return?.();
  }
}
