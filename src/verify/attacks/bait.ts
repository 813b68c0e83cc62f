import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type ListenOptions, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package-root.ts';
import type { AttackContext } from './attack.ts';

/** Where attacks that write outside try to, besides the bait folder. */
const MARKS = [join('/tmp', 'evom-attack-was-here'), '/dev/shm/evom-attack-was-here'];

/** What attacks reach for: a folder and sockets of our own, on this machine only. */
export interface Bait {
  readonly context: AttackContext;
  /** In `secret.txt`; nobody is told. */
  readonly secret: string;
  /** What has reached the bait since the last call. */
  takeTouched(): string[];
  close(): Promise<void>;
}

/** Lays the bait out. Whatever comes through a socket or into the folder is evidence, whatever the program says. */
export async function layBait(): Promise<Bait> {
  const folder = mkdtempSync(join(tmpdir(), 'evom-bait-'));
  const secret = `secret-${randomBytes(16).toString('hex')}`;
  const secretFile = join(folder, 'secret.txt');
  const drop = join(folder, 'drop');
  const socketPath = join(folder, 'socket');
  const abstractName = `evom-bait-${process.pid}-${secret.slice(-8)}`;
  const touched: string[] = [];
  const listen = (name: string, options: ListenOptions): Promise<Server> =>
    startServer(options, () => touched.push(`connected to ${name}`));

  for (const path of MARKS) rmSync(path, { recursive: true, force: true }); // of an earlier run that was killed
  writeFileSync(secretFile, secret);
  mkdirSync(drop);
  const overIpv4 = await listen('127.0.0.1', { host: '127.0.0.1', port: 0 });
  const tcpPort = portOf(overIpv4);
  const servers = [overIpv4, await listen('the socket file', { path: socketPath })];
  for (const [name, options] of [
    ['::1', { host: '::1', port: tcpPort }],
    ['the abstract socket', { path: `\0${abstractName}` }],
  ] as const) {
    // A host without IPv6 or abstract names has nothing to attack there.
    await listen(name, options).then(
      (server) => servers.push(server),
      () => {},
    );
  }
  const datagrams = createSocket('udp4', () => touched.push('received a datagram'));
  datagrams.bind(0, '127.0.0.1');
  await once(datagrams, 'listening');
  const spare = await startServer({ host: '127.0.0.1', port: 0 }, () => {});
  const freePort = portOf(spare);
  spare.close();
  for (const [path, mode] of [
    [folder, 0o777],
    [drop, 0o777],
    [socketPath, 0o777],
    [secretFile, 0o666],
  ] as const)
    chmodSync(path, mode);
  let known = describe(secretFile);

  return {
    context: {
      bait: folder,
      repository: PACKAGE_ROOT,
      tcpPort,
      udpPort: datagrams.address().port,
      freePort,
      socketPath,
      abstractName,
      nodePid: process.pid,
    },
    secret,
    takeTouched() {
      const found = touched.splice(0);
      for (const name of readdirSync(drop)) {
        found.push(`made ${join(drop, name)}`);
        rmSync(join(drop, name), { recursive: true });
      }
      const now = describe(secretFile);
      if (now !== known) found.push(`changed ${secretFile}`);
      known = now;
      for (const path of MARKS.filter((mark) => existsSync(mark))) {
        found.push(`made ${path}`);
        rmSync(path, { recursive: true });
      }
      if (isListenedOn(freePort)) found.push(`listens on port ${freePort}`);
      return found;
    },
    async close() {
      datagrams.close();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startServer(options: ListenOptions, onConnection: () => void): Promise<Server> {
  const server = createServer((socket) => {
    onConnection();
    socket.destroy();
  });
  server.listen(options);
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Contents, mode, owner and time of writing; a missing file is a change too. */
function describe(path: string): string {
  try {
    const { mode, uid, mtimeMs } = statSync(path);
    return [readFileSync(path, 'utf8'), mode, uid, mtimeMs].join(' ');
  } catch {
    return 'gone';
  }
}

/** From the kernel's own table of sockets; state 0A is *listening*. */
function isListenedOn(port: number): boolean {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['tcp', 'tcp6'].some((name) => {
    try {
      return readFileSync(`/proc/net/${name}`, 'utf8')
        .split('\n')
        .some((line) => {
          const [, address, , state] = line.trim().split(/\s+/);
          return address?.endsWith(local) === true && state === '0A';
        });
    } catch {
      return false;
    }
  });
}
