/**
 * A thread beside the one that runs cells. A byte on descriptor 4 ends the script that runs there, whatever it is in the
 * middle of; the end of the pipe means that the kernel is gone, and then this process and all it started go too.
 */

import { Session } from 'node:inspector';
import { Socket } from 'node:net';

const PIPE = 4;

new Socket({ fd: PIPE, readable: true, writable: false })
  .on('data', () => {
    const session = new Session();
    session.connectToMainThread();
    session.post('Runtime.terminateExecution', () => session.disconnect());
  })
  .on('error', leave)
  .on('close', leave);

function leave(): void {
  process.kill(-process.pid, 'SIGKILL');
}
