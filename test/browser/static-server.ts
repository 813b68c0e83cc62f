/** A folder's files over HTTP, as any static web server gives them. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** A browser takes scripts and style sheets under their own types alone. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

export interface StaticServer {
  readonly url: string;
  stop(): void;
}

export async function startStaticServer(folder: string): Promise<StaticServer> {
  const server = createServer(({ url = '' }, response) => {
    const path = join(folder, decodeURIComponent(new URL(url, 'http://here').pathname));
    const isFile = path.startsWith(folder) && existsSync(path) && statSync(path).isFile();
    if (!isFile) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(readFileSync(path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
