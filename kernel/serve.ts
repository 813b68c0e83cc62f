/** A kernel on its sockets: a session, its language, its engine, and how it ends. */

import { keepCompiled } from './compiled.ts';
import { ambientDeclarations } from './declarations.ts';
import { createChildEngine } from './engine/child-engine.ts';
import { createLanguage } from './language/language.ts';
import { withMagics } from './language-with-magics.ts';
import { Session } from './session.ts';
import { Codec } from './wire/message.ts';
import { type BoundSockets, openSockets } from './wire/sockets.ts';

/** `key`: what messages are signed with. The process ends with the session. */
export function serve(bound: BoundSockets, key: string): void {
  const folder = process.cwd();
  const codec = new Codec(key);
  const sockets = openSockets(bound, codec, {
    onMessage: (channel, message) => session.receive(channel, message),
    welcomeTo: (topic) => session.welcomeTo(topic),
  });
  const language = withMagics(createLanguage({ folder, ambient: ambientDeclarations() }));
  const session = new Session({
    codec,
    send: sockets.send,
    createEngine: (listener) => createChildEngine(listener, { folder }),
    language,
    onShutdown: () => void leave(),
  });
  keepCompiled();
  process.on('SIGINT', () => session.interrupt());
  process.on('SIGTERM', () => void leave());

  async function leave(): Promise<void> {
    await session.close();
    await sockets.close();
    await language.close();
    process.exit();
  }
}
