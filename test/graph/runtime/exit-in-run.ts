/** Exits while a run is under way. Prints `running` first; the exit code is 7. */

import process from 'node:process';
import { Runtime } from '../../../src/graph/runtime/runtime.ts';
import { longProduct, longProductModel } from './graphs.ts';

const runtime = await Runtime.start({ threads: 1, device: 'cpu' });
const session = await runtime.load(longProductModel());
await runtime.run(session, longProduct(), { y: 'host' });
runtime.run(session, longProduct(), { y: 'host' }).catch(() => {});
console.log('running');
setTimeout(() => process.exit(7), 30);
