import { describe, expect, it } from 'vitest';
import { readCompletion } from '../../src/reward/format.ts';

const THINK = '<think>two boats</think>';
const CODE = '<code>\nimport highspy\n</code>';

describe('readCompletion', () => {
  it('τ_fmt is 1 for one think block followed by one code block, with only white space around them', () => {
    for (const text of [THINK + CODE, `\n ${THINK}\n\n${CODE}\t\n`, `<think></think>${CODE}`]) {
      expect(readCompletion(text)).toMatchObject({ formatted: true, program: 'import highspy', reason: null });
    }
  });

  it.each([
    ['text before', `Sure! ${THINK}${CODE}`],
    ['text between', `${THINK} so ${CODE}`],
    ['text after', `${THINK}${CODE} Done.`],
    ['the blocks in the wrong order', CODE + THINK],
    ['one block inside the other', `<think>a${CODE}b</think>`],
    ['no think block', CODE],
    ['two think blocks', THINK + THINK + CODE],
    ['an unclosed think block', `<think>two boats ${CODE}`],
  ])('%s breaks the format, and the one program still runs', (_, text) => {
    const read = readCompletion(text);
    expect(read.formatted).toBe(false);
    expect(read.program).toBe('import highspy');
    expect(read.reason).toBeTypeOf('string');
  });

  it.each([
    ['no code block', THINK],
    ['two code blocks', THINK + CODE + CODE],
    ['an unclosed code block', `${THINK}<code>import highspy`],
    ['a code block that closes first', `${THINK}</code>import highspy<code>`],
    ['an empty code block', `${THINK}<code> \n </code>`],
    ['an empty fence', `${THINK}<code>\`\`\`python\n\n\`\`\`</code>`],
    ['tags in capitals', `<THINK>a</THINK><CODE>b</CODE>`],
    ['an empty text', ''],
  ])('%s gives no program and no format', (_, text) => {
    expect(readCompletion(text)).toMatchObject({ formatted: false, program: null });
  });

  it('strips one Markdown fence, whatever its language and line ends', () => {
    for (const code of ['```python\nx = 1\ny = 2\n```', '\n```\nx = 1\ny = 2```\n', '```py\r\nx = 1\ny = 2\n```']) {
      expect(readCompletion(`${THINK}<code>${code}</code>`)).toMatchObject({
        formatted: true,
        program: 'x = 1\ny = 2',
      });
    }
  });

  it('leaves backticks alone that are no fence around the whole program', () => {
    const code = 'text = """\n```\n"""';
    expect(readCompletion(`${THINK}<code>${code}</code>`).program).toBe(code);
  });

  it("keeps the first line's indentation, which Python reads", () => {
    expect(readCompletion(`${THINK}<code>\n\n  x = 1\n  y = 2\n</code>`).program).toBe('  x = 1\n  y = 2');
  });

  it('gives the thinking, trimmed', () => {
    expect(readCompletion(`<think>\n a > b \n</think>${CODE}`).thinking).toBe('a > b');
  });

  it('reads a megabyte of open tags in well under a second', () => {
    const start = performance.now();
    for (const tag of ['<think>', '<code>', '</think><code>', '```\n']) readCompletion(tag.repeat(100_000));
    readCompletion(`<think>${' '.repeat(1_000_000)}</think>${' '.repeat(1_000_000)}x`);
    readCompletion(`${THINK}<code>\`\`\`\n${'\n'.repeat(1_000_000)}x</code>`);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
