import { expect, test } from 'vitest';
import { nearest } from '../../../kernel/magics/arguments/nearest.ts';
import { parseArguments } from '../../../kernel/magics/arguments/parse-arguments.ts';
import { splitWords } from '../../../kernel/magics/arguments/split-words.ts';
import type { MagicKind } from '../../../kernel/magics/magic.ts';
import { magicNamed } from '../../../kernel/magics/magics.ts';

const read = (name: string, line: string, kind: MagicKind = 'line') =>
  parseArguments(line, magicNamed(name, kind), kind);

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toMatchObject({ name: 'EvomError', boundary: 'config' });
    return (error as Error).message;
  }
  throw new Error('Nothing was refused.');
}

test.each([
  [`a "b c" 'd e'`, ['a', 'b c', 'd e']],
  [String.raw`a\ b "c\"d" 'e\f'`, ['a b', 'c"d', 'e\\f']],
  [String.raw`C:\data x`, [String.raw`C:\data`, 'x']],
  [`--where="two words" http://x/y`, ['--where=two words', 'http://x/y']],
  [`''`, ['']],
  ['a // the rest', ['a']],
  ['   ', []],
])('words of %s', (line, words) => {
  expect(splitWords(line).map(({ text }) => text)).toEqual(words);
});

test('an open quote is refused', () => {
  expect(messageOf(() => splitWords('a "b'))).toContain('Close the quote');
});

test('a flag has its value after a space or `=`, and the options come in the order of the flags', () => {
  const options = { solver: "'highs'", samples: '4', temperature: '0.5' };
  expect(read('generate', ' --temperature .5 --n=4 --solver highs').options).toEqual(options);
  expect(Object.keys(read('generate', ' --n 4 --solver highs').options)).toEqual(['solver', 'samples']);
});

test('the last of a repeated flag counts', () => {
  expect(read('generate', '--n 2 --n 3').options).toEqual({ samples: '3' });
});

test('switches, lists, weights, labels and regular expressions become TypeScript', () => {
  expect(read('update', '--filter-raw-accuracy').options).toEqual({ filterRawAccuracy: 'true' });
  expect(read('update', '--filter-raw-accuracy=false').options).toEqual({ filterRawAccuracy: 'false' });
  expect(read('evaluate', '--solver highs,scip,highs').options).toEqual({ solvers: "['highs', 'scip']" });
  expect(read('reward', '--weights 1,1').options).toEqual({ weights: '{ format: 1, answer: 1 }' });
  expect(read('generate', '--answer $2,300.50').options).toEqual({ answer: '2300.5' });
  expect(read('problems', 'tiny --where /a+b/i').options).toEqual({ where: '/a+b/i' });
  expect(read('problems', 'tiny --where "it\'s"').options).toEqual({ where: '"it\'s"' });
});

test('a quoted word is no flag, and a negative number is a value', () => {
  expect(read('problems', '"--n"').operand).toBe('--n');
  expect(messageOf(() => read('generate', '--seed -1'))).toContain('got `-1`');
});

test('--help needs nothing else, and --show and --as go with the rest', () => {
  expect(read('problems', '--help').mode).toBe('help');
  expect(read('train', '-h').mode).toBe('help');
  expect(read('problems', 'tiny --show --as few')).toMatchObject({ mode: 'show', variable: 'few', operand: 'tiny' });
});

test('the rest of a line is taken as it stands', () => {
  expect(read('time', ' f("--n")  ;').operand).toBe('f("--n")');
  expect(read('pip', 'install --upgrade x').operand).toBe('install --upgrade x');
  expect(read('time', '--show f()')).toMatchObject({ mode: 'show', operand: 'f()' });
});

test.each([
  ['generate', '--solve highs', '--solve', '--max-tokens', 'Did you mean --solver?'],
  ['generate', '--samples 3', '--samples', '--n', 'Did you mean --n?'],
  ['generate', '--tempreature 1', '--tempreature', '--seed', 'Did you mean --temperature?'],
  ['generate', '-x 1', '-x', '--solver', '%generate? says what they do.'],
  ['generate', '--solver gruobi', 'gruobi', 'copt', 'Did you mean gurobi?'],
  ['generate', '--solver cplex', 'cplex', 'gurobi, ortools, copt, highs, scip', 'Name one of these.'],
  ['evaluate', '--solver highs,gurobbi', 'gurobbi', 'copt', 'Did you mean gurobi?'],
  ['update', '--algo ppo', 'ppo', 'sft, grpo, dapo, dr-grpo', 'Did you mean'],
  ['generate', '--n', 'nothing', '--n', 'Write `--n VALUE`.'],
  ['generate', '--n --seed 1', 'nothing', '--n', 'Write `--n VALUE`.'],
  ['generate', '--solver=', 'nothing', 'gurobi, ortools, copt, highs, scip', 'Write'],
  ['generate', '--n 1.5', '1.5', '--n', 'a whole number of at least 1'],
  ['update', '--lr 0', '0', '--lr', 'above 0'],
  ['generate', '--as 1x', '1x', '--as', 'the name of a variable'],
  ['generate', '--as class', 'class', '--as', 'the name of a variable'],
  ['generate', 'tiny', 'tiny', '%generate', 'Its flags are'],
  ['problems', 'my set', 'set', 'SET', 'quotes'],
  ['problems', '', 'nothing', 'SET', '%problems tiny'],
  ['strict', 'of', 'of', 'on|off', 'Did you mean off?'],
  ['train', '--solver highs', 'nothing', '--steps', '%train --solver highs --steps 10'],
  ['lsmagic', '--as x', '--as', '--show', ''],
  ['reward', '--weights 1', '1', '', ''],
  ['generate', '--answer many', 'many', '--answer', 'Write the number'],
])('%%%s %s is refused with what came, what is known and what to do', (name, line, came, known, next) => {
  const message = messageOf(() => read(name, line));
  expect(message).toContain(`\`${came}\``);
  expect(message).toContain(known);
  expect(message).toContain(next);
});

test('an unknown magic is refused with a suggestion', () => {
  const message = messageOf(() => magicNamed('solvres', 'line'));
  expect(message).toContain('`%solvres`');
  expect(message).toContain('Did you mean %solvers?');
  expect(message).toContain('%%writefile');
  expect(messageOf(() => magicNamed('quarterly', 'line'))).toContain('%lsmagic says');
});

test('nothing is suggested that is too far', () => {
  expect(nearest('b', ['n'])).toBeNull();
  expect(nearest('xyz', ['solver', 'seed'])).toBeNull();
  expect(nearest('sede', ['solver', 'seed'])).toBe('seed');
});
