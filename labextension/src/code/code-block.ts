/** A Python program with colours and line numbers; the line that failed is marked, with what it said. */

import type { TextData } from '../../../kernel/spec/mime.ts';
import { element } from '../dom.ts';
import { textBlock } from '../parts/text-block.ts';
import { oneLine } from '../text/visible-text.ts';
import { type Token, tokenizePython } from './tokenize-python.ts';

export interface Failure {
  /** From 1; null where nobody knows. */
  readonly line: number | null;
  readonly type: string;
  readonly message: TextData;
}

export function codeBlock(program: TextData, label: string, failure: Failure | null = null): HTMLElement {
  const block = textBlock(program, label, (text) =>
    tokenizePython(text.replace(/\n$/, '')).map((tokens, index) =>
      codeLine(tokens, failure?.line === index + 1 ? failure : null),
    ),
  );
  block.classList.add('evom-Code');
  showFailure(block);
  return block;
}

function codeLine(tokens: readonly Token[], failure: Failure | null): HTMLElement {
  const words = tokens.map(({ kind, text }) => (kind === 'plain' ? text : element(`span.Code-${kind}`, text)));
  // The line break is in the text, so that what is copied has it.
  if (failure === null) return element('span.Code-line', ...words, '\n');
  return element(
    'mark.Code-line.Code-failing',
    element('span.Hidden', 'This line failed: '),
    ...words,
    '\n',
    element('span.Code-error', { dir: 'auto' }, `${failure.type}: ${oneLine(failure.message.text, 300)}\n`),
  );
}

/** Scrolls to the failing line once there is a layout. */
function showFailure(block: HTMLElement): void {
  const failing = block.querySelector<HTMLElement>('.evom-Code-failing');
  const box = block.querySelector('pre');
  if (failing === null || box === null) return;
  requestAnimationFrame(() => {
    box.scrollTop = failing.offsetTop - box.clientHeight / 2;
  });
}
