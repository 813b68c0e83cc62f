/** The session itself: its variables, its environment, how strictly it is checked. */

import type { Magic } from '../magic.ts';
import { quote, writeCall } from '../write-call.ts';

export const who: Magic = {
  name: 'who',
  kinds: ['line'],
  summary: 'The variables of the cells, with their types.',
  flags: [],
  operands: null,
  variable: null,
  examples: ['%who'],
  call: () => writeCall('jupyter.who', {}),
  script: null,
};

export const reset: Magic = {
  name: 'reset',
  kinds: ['line'],
  summary: 'Forgets the variables of the cells.',
  flags: [],
  operands: null,
  examples: ['%reset'],
  call: () => writeCall('jupyter.reset', {}),
  script: null,
};

/** `%env NAME=value` and `%env NAME value` set, `%env NAME` shows one, `%env` all. */
export const env: Magic = {
  name: 'env',
  kinds: ['line'],
  summary: 'Environment variables: shows all or one, or sets one.',
  flags: [],
  operands: { name: '[NAME[=VALUE]]', summary: 'the variable, and what it is set to', count: 'rest' },
  variable: null,
  examples: ['%env', '%env HOME', '%env OMP_NUM_THREADS=1'],
  call({ operand }) {
    const [, name = '', value] = /^([^\s=]+)(?:\s*=\s*|\s+|$)(.+)?$/.exec(operand ?? '') ?? [];
    if (name === '') return 'Object.assign({}, process.env)';
    const variable = `process.env[${quote(name)}]`;
    return value === undefined ? variable : `${variable} = ${quote(value.replace(/^(["'])(.*)\1$/, '$2'))}`;
  },
};

export const strict: Magic = {
  name: 'strict',
  kinds: ['line'],
  summary: "Whether the type checker is strict, as with TypeScript's `strict`.",
  flags: [],
  operands: { name: 'on|off', summary: '', count: 'one', values: ['on', 'off'], isClosed: true },
  examples: ['%strict off'],
  call: ({ operand }) => writeCall('jupyter.setStrict', {}, String(operand === 'on')),
  script: null,
};

export const check: Magic = {
  name: 'check',
  kinds: ['line'],
  summary: 'When types are checked: before a cell runs, which it then may not, after it has begun, or never.',
  flags: [],
  operands: {
    name: 'before|after|off',
    summary: '',
    count: 'one',
    values: ['before', 'after', 'off'],
    isClosed: true,
  },
  examples: ['%check before'],
  call: ({ operand }) => writeCall('jupyter.setCheck', {}, quote(operand ?? '')),
  script: null,
};

const DECLARATION = /^((?:(?:const|let|var)\s+)?[\w$.]+(?:\s*:[^=]+)?\s*=(?![=>]))\s*(.+)$/s;

/** `%time const x = f()` times `f()` and keeps `x`; `%%time` is a line of its own, and the cell stays as it is. */
export const time: Magic = {
  name: 'time',
  kinds: ['line', 'cell'],
  summary: 'How long a statement or the cell takes.',
  flags: [],
  operands: { name: 'STATEMENT', summary: 'an expression, or an assignment of one', count: 'rest' },
  body: 'statements',
  examples: ['%time await evom.verify()', '%%time\nconst x = await slow();\nx + 1'],
  call({ kind, operand }) {
    if (kind === 'cell') return 'jupyter.timeCell()';
    const [, target = '', value = operand ?? ''] = DECLARATION.exec(operand ?? '') ?? [];
    return `${target === '' ? '' : `${target} `}await jupyter.time(async () => (${value}))`;
  },
  // The line before may end without `;`, and would go on with a bracket.
  script: ({ kind, operand }) => (kind === 'cell' ? '' : (operand ?? '').replace(/^(?=[^\w$])/, ';')),
};
