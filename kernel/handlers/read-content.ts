/** Fields of a request, checked. What is wrong throws `wire/bad-request`, and is answered with it. */

import { EvomError, expected } from '../../src/errors.ts';
import type { Json, JsonObject, Message } from '../wire/message.ts';

export function textOf({ content, header }: Message, name: string, otherwise?: string): string {
  const value = content[name] ?? otherwise;
  return typeof value === 'string' ? value : refuse(header.msg_type, name, 'a text', value);
}

export function flagOf({ content, header }: Message, name: string, otherwise: boolean): boolean {
  const value = content[name] ?? otherwise;
  return typeof value === 'boolean' ? value : refuse(header.msg_type, name, 'true or false', value);
}

export function numberOf({ content, header }: Message, name: string, otherwise: number): number {
  const value = content[name] ?? otherwise;
  return typeof value === 'number' ? value : refuse(header.msg_type, name, 'a number', value);
}

export function objectOf({ content, header }: Message, name: string): JsonObject {
  const value = content[name] ?? {};
  return isObject(value) ? value : refuse(header.msg_type, name, 'an object', value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(type: string, name: string, what: string, got: unknown): never {
  throw new EvomError('wire', 'bad-request', expected(`${name} of ${type}`, what, got, 'Correct the message.'));
}
