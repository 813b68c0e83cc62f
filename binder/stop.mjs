/** `npm stop`: ends the JupyterLab that `npm start` started. */

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopLab } from './lab-server.mjs';

const venv = join(dirname(dirname(fileURLToPath(import.meta.url))), '.venv');
console.log((await stopLab(venv)) ? 'JupyterLab has ended.' : 'No JupyterLab of `npm start` was running.');
