import { expect, test } from 'vitest';
import { completionSections, lastProgram } from '../../../labextension/src/code/completion-sections.ts';
import { readCompletion } from '../../../src/reward/format.ts';

test('thinking, program and the text around them come in their order', () => {
  expect(completionSections('Hi <think> so </think>\n<code>\nx = 1\n</code> bye')).toEqual([
    { kind: 'text', text: 'Hi ' },
    { kind: 'thinking', text: 'so' },
    { kind: 'program', text: 'x = 1' },
    { kind: 'text', text: ' bye' },
  ]);
});

test('a block that is still being written is read to its end', () => {
  expect(completionSections('<think>and th')).toEqual([{ kind: 'thinking', text: 'and th' }]);
  expect(completionSections('<think>a</think><code>\n```python\nx = 1')).toEqual([
    { kind: 'thinking', text: 'a' },
    { kind: 'program', text: 'x = 1' },
  ]);
});

test('a text without blocks is a text', () => {
  expect(completionSections('no idea')).toEqual([{ kind: 'text', text: 'no idea' }]);
  expect(lastProgram('no idea')).toBeNull();
});

test.each([
  '<think>t</think><code>\n\nx = 1\ny = 2\n\n</code>',
  '<think>t</think><code>```python\nx = 1\n```</code>',
  '<think></think>\n<code>\n\n```\n  x = 1\n\n```\n</code>\n',
  '<code>print(1)</code>',
])('lines of a program count as they did when it ran: %j', (text) => {
  expect(lastProgram(text)).toBe(readCompletion(text).program);
});
