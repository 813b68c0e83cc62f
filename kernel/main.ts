/**
 * The kernel: `node kernel/main.ts CONNECTION-FILE`, as Jupyter starts it. Never runs a cell itself, so it always answers.
 *
 * Its sockets come first: a front end that finds nobody there tries again 100 ms later.
 */

import { readConnection } from './wire/connection.ts';
import { bindSockets } from './wire/sockets.ts';

const connection = readConnection(process.argv[2] ?? '');
const bound = await bindSockets(connection);
const { serve } = await import('./serve.ts');
serve(bound, connection.key);
