/** The connection file that Jupyter writes and names on the kernel's command line. */

import { readFileSync } from 'node:fs';
import { EvomError, expected } from '../../src/errors.ts';

export const CHANNELS = ['shell', 'control', 'iopub', 'stdin', 'hb'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface Connection {
  /** Empty: nothing is signed. */
  readonly key: string;
  /** ZeroMQ's address of each channel. */
  readonly addresses: Readonly<Record<Channel, string>>;
}

/** Throws `wire/bad-connection-file`. */
export function readConnection(path: string): Connection {
  let file: Record<string, unknown>;
  try {
    file = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw badFile(path, 'a JSON file that can be read', cause instanceof Error ? cause.message : cause);
  }
  const { transport = 'tcp', ip = '127.0.0.1', key = '', signature_scheme: scheme = 'hmac-sha256' } = file;
  if (transport !== 'tcp' && transport !== 'ipc') throw badFile(path, 'a file with transport tcp or ipc', transport);
  if (typeof key !== 'string' || typeof ip !== 'string') throw badFile(path, 'a file with texts as key and ip', file);
  if (key !== '' && scheme !== 'hmac-sha256') throw badFile(path, 'a file with scheme hmac-sha256', scheme);
  const addresses = CHANNELS.map((channel) => {
    const port = file[`${channel}_port`];
    if (typeof port !== 'number') throw badFile(path, `a file with a number as ${channel}_port`, port);
    return [channel, transport === 'ipc' ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`] as const;
  });
  return { key, addresses: Object.fromEntries(addresses) as Record<Channel, string> };
}

function badFile(path: string, wanted: string, got: unknown): EvomError {
  const next = 'Start the kernel by Jupyter, which writes this file.';
  return new EvomError('wire', 'bad-connection-file', expected(`connection file ${path}`, wanted, got, next));
}
