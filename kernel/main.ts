/** The kernel: `node kernel/main.ts CONNECTION-FILE`, as Jupyter starts it. Never runs a cell itself, so it always answers. */

import { keepCompiled } from './compiled.ts';
import { ambientDeclarations } from './declarations.ts';
import { createChildEngine } from './engine/child-engine.ts';
import { createLanguage } from './language/language.ts';
import { withMagics } from './language-with-magics.ts';
import { Session } from './session.ts';
import { readConnection } from './wire/connection.ts';
import { Codec } from './wire/message.ts';
import { openSockets } from './wire/sockets.ts';

const folder = process.cwd();
const connection = readConnection(process.argv[2] ?? '');
const codec = new Codec(connection.key);
const sockets = await openSockets(connection, codec, {
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
