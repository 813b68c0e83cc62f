/** Other languages, files and packages. */

import { splitWords } from '../arguments/split-words.ts';
import type { Magic } from '../magic.ts';
import { quote, writeCall } from '../write-call.ts';

/** Jupyter takes the last line's end from a cell; a file or a program has it. */
const withEnd = (body: string | null): string => quote(body?.endsWith('\n') ? body : `${body ?? ''}\n`);

function runAs(command: string, flag: string): NonNullable<Magic['script']> {
  const execute = "process.getBuiltinModule('node:child_process').execFileSync";
  return ({ body }) => `${execute}('${command}', ['${flag}', ${withEnd(body)}], { stdio: 'inherit' })`;
}

export const python: Magic = {
  name: 'python',
  kinds: ['cell'],
  summary: 'Runs the cell as a Python program.',
  flags: [],
  operands: null,
  examples: ['%%python\nprint(1)'],
  call: ({ body }) => writeCall('jupyter.python', {}, withEnd(body)),
  script: runAs('python3', '-c'),
};

export const bash: Magic = {
  name: 'bash',
  kinds: ['cell'],
  summary: 'Runs the cell in bash.',
  flags: [],
  operands: null,
  examples: ['%%bash\nls'],
  call: ({ body }) => writeCall('jupyter.bash', {}, withEnd(body)),
  script: runAs('bash', '-c'),
};

export const writefile: Magic = {
  name: 'writefile',
  kinds: ['cell'],
  summary: 'Writes the cell to a file.',
  flags: [{ name: 'append', option: 'append', summary: 'at the end of the file', kind: 'switch' }],
  operands: { name: 'FILE', summary: 'the path', count: 'one' },
  examples: ['%%writefile reward.ts\nexport …'],
  call: ({ operand, options, body }) => writeCall('jupyter.writeFile', options, quote(operand ?? ''), withEnd(body)),
  script({ operand, options, body }) {
    const write = 'append' in options ? 'appendFileSync' : 'writeFileSync';
    return `process.getBuiltinModule('node:fs').${write}(${quote(operand ?? '')}, ${withEnd(body)})`;
  },
};

export const load: Magic = {
  name: 'load',
  kinds: ['line'],
  summary: "Puts a file's text in place of the cell.",
  flags: [],
  operands: { name: 'FILE', summary: 'the path', count: 'one' },
  examples: ['%load reward.ts'],
  call: ({ operand }) => writeCall('jupyter.load', {}, quote(operand ?? '')),
  script: null,
};

export const npm: Magic = packageMagic('npm', 'Runs npm in the working folder.', '%npm install simple-statistics');
export const pip: Magic = packageMagic('pip', "Runs pip in EVOM's Python environment.", '%pip install highspy');

function packageMagic(name: string, summary: string, example: string): Magic {
  return {
    name,
    kinds: ['line'],
    summary,
    flags: [],
    operands: { name: 'install NAME…', summary: `what ${name} is told`, count: 'rest', values: ['install'] },
    examples: [example],
    call: ({ operand }) =>
      writeCall(
        `jupyter.${name}`,
        {},
        `[${splitWords(operand ?? '')
          .map(({ text }) => quote(text))
          .join(', ')}]`,
      ),
    script: null,
  };
}
