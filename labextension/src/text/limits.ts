/** How large a model a solver's licence allows, in words; empty where it does not say. */

import { entriesOf } from '../own.ts';
import { counted } from './numbers.ts';

const MOST_LIMITS = 8;

export function limitWords(limits: Readonly<Record<string, number>>): string {
  const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const sizes = entriesOf(limits).slice(0, MOST_LIMITS);
  return sizes.map(([what, most]) => `${counted(most)} ${words(what)}`).join(', ');
}
