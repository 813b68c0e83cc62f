import { untilAborted } from './until-aborted.ts';

/**
 * Maps a stream with at most `limit` items in work, in the order of completion or of input. Results are handed on while
 * the source makes up its mind. Back-pressure: at most `limit` items are taken beyond what was handed on, so that
 * while the reader does not read, the source is not read ahead. `signal` ends the wait for the source; ending the tasks
 * is theirs to do.
 */
export async function* mapConcurrent<Item, Result>(
  source: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  order: 'completion' | 'input',
  task: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<Result> {
  type Event = { readonly item: IteratorResult<Item> } | { readonly key: number; readonly result: Result };
  const items = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const inWork = new Map<number, Promise<Event>>();
  let coming: Promise<Event> | null = null;
  let isExhausted = false;
  let next = 0;
  try {
    for (;;) {
      if (!isExhausted && inWork.size < limit) coming ??= watched(untilAborted(takeNext(items), signal));
      const [oldest] = inWork.values();
      if (!oldest && !coming) return;
      const finishing = order === 'completion' ? [...inWork.values()] : oldest ? [oldest] : [];
      const event: Event = await Promise.race(coming ? [coming, ...finishing] : finishing);
      if ('key' in event) {
        inWork.delete(event.key);
        yield event.result;
        continue;
      }
      coming = null;
      if (event.item.done) {
        isExhausted = true;
        continue;
      }
      const key = next++;
      inWork.set(key, watched(task(event.item.value).then((result) => ({ key, result }))));
    }
  } finally {
    // A source that is still busy with its next item would keep its end, and so ours, waiting.
    const end = Promise.resolve(items.return?.());
    if (coming) end.catch(() => {});
    else await end;
  }
}

async function takeNext<Item>(
  items: Iterator<Item> | AsyncIterator<Item>,
): Promise<{ readonly item: IteratorResult<Item> }> {
  return { item: await items.next() };
}

/** The same promise; its rejection is seen when its turn comes, or not at all. */
function watched<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}
