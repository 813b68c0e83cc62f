/**
 * A request's content to its reply's. Knows no socket: what a reply is sent on, and the `busy` and `idle` around it, are
 * the session's. Executing is apart (`session.ts`), since cells wait for one another and nothing else does.
 */

import type { CommEvent, Engine, Language } from '../engine/engine.ts';
import type { History, HistoryEntry } from '../history.ts';
import type { JsonObject, Message } from '../wire/message.ts';
import { pointOffset, unitOffset } from './cursor.ts';
import { kernelInfo } from './kernel-info.ts';
import { flagOf, numberOf, objectOf, textOf } from './read-content.ts';

export interface HandlerContext {
  readonly engine: Engine;
  readonly language: Language;
  readonly history: History;
  /** Targets of the open comms, by their ids. */
  readonly comms: Map<string, string>;
}

/** The reply's content without its status, which is `ok`; null for a message that is not answered. Throws for a bad request. */
type Handler = (context: HandlerContext, request: Message) => Promise<JsonObject | null> | JsonObject | null;

/** `shutdown_request` is answered here and carried out by the session. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  kernel_info_request: kernelInfo,

  async complete_request({ language }, request) {
    const code = textOf(request, 'code');
    const offset = unitOffset(code, numberOf(request, 'cursor_pos', code.length));
    const { start, end, items } = await language.complete(code, offset);
    const place = { start: pointOffset(code, start), end: pointOffset(code, end) };
    return {
      matches: items.map(({ text }) => text),
      cursor_start: place.start,
      cursor_end: place.end,
      metadata: { _jupyter_types_experimental: items.map(({ text, kind }) => ({ text, type: kind, ...place })) },
    };
  },

  async inspect_request({ language }, request) {
    const code = textOf(request, 'code');
    const offset = unitOffset(code, numberOf(request, 'cursor_pos', code.length));
    const found = await language.inspect(code, offset, numberOf(request, 'detail_level', 0) > 0 ? 1 : 0);
    return { found: found !== null, data: found?.data ?? {}, metadata: found?.metadata ?? {} };
  },

  async is_complete_request({ language }, request) {
    return { ...(await language.isComplete(textOf(request, 'code'))) };
  },

  history_request({ history }, request) {
    const entries = historyEntries(history, request);
    const withOutput = flagOf(request, 'output', false);
    const session = 0; // this one: there are no others
    return {
      history: entries.map(({ line, code, output }) => [session, line, withOutput ? [code, output] : code]),
    };
  },

  comm_info_request({ comms }, request) {
    const target = request.content['target_name'];
    const open = [...comms].filter(([, name]) => target === undefined || target === null || name === target);
    return { comms: Object.fromEntries(open.map(([id, name]) => [id, { target_name: name }])) };
  },

  comm_open({ engine, comms }, request) {
    const target = textOf(request, 'target_name');
    comms.set(textOf(request, 'comm_id'), target);
    engine.receiveComm({ action: 'open', target, ...commOf(request) });
    return null;
  },

  comm_msg({ engine }, request) {
    engine.receiveComm({ action: 'message', ...commOf(request) });
    return null;
  },

  comm_close({ engine, comms }, request) {
    comms.delete(textOf(request, 'comm_id'));
    engine.receiveComm({ action: 'close', ...commOf(request) });
    return null;
  },

  interrupt_request({ engine }) {
    engine.interrupt();
    return {};
  },

  shutdown_request(_, request) {
    return { restart: flagOf(request, 'restart', false) };
  },
};

function historyEntries(history: History, request: Message): readonly HistoryEntry[] {
  const count = numberOf(request, 'n', Number.MAX_SAFE_INTEGER);
  switch (textOf(request, 'hist_access_type', 'tail')) {
    case 'range':
      return history.range(numberOf(request, 'start', 0), numberOf(request, 'stop', Number.MAX_SAFE_INTEGER));
    case 'search':
      return history.search(textOf(request, 'pattern', '*'), { isUnique: flagOf(request, 'unique', false), count });
    default:
      return history.tail(count);
  }
}

function commOf(request: Message): Pick<CommEvent, 'commId' | 'data' | 'metadata'> {
  return { commId: textOf(request, 'comm_id'), data: objectOf(request, 'data'), metadata: request.metadata };
}
