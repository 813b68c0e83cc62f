import type { CompletionData } from '../../../../kernel/spec/mime.ts';
import { codeBlock, type Failure } from '../../code/code-block.ts';
import { completionSections, type Section } from '../../code/completion-sections.ts';
import { fold, type OpenFolds } from '../../parts/fold.ts';
import { textBlock } from '../../parts/text-block.ts';

const TITLES: Readonly<Record<Section['kind'], string>> = {
  thinking: 'Thinking',
  program: 'Program',
  text: 'Text outside the blocks',
};

/**
 * A completion's parts in their order, each in a fold, the program open. Where the completion was cut to fit the notebook
 * the last part says so.
 */
export function completionFolds(
  { text, truncated }: CompletionData,
  failure: Failure | null,
  memory: OpenFolds,
): readonly HTMLElement[] {
  const sections = completionSections(text.text);
  const cut = text.length - text.text.length;
  const lastProgram = sections.map(({ kind }) => kind).lastIndexOf('program');
  const isOnlyText = sections.every(({ kind }) => kind === 'text');
  return sections.map(({ kind, text: part }, index) => {
    const isLast = index === sections.length - 1;
    const data = { text: part, length: part.length + (isLast ? cut : 0) };
    const isOpen = index === lastProgram || isOnlyText;
    const title = isOnlyText ? 'Completion' : TITLES[kind];
    const label = isLast && truncated ? `${title} (hit the length limit)` : title;
    return fold(
      label,
      () =>
        kind === 'program' ? codeBlock(data, label, index === lastProgram ? failure : null) : textBlock(data, label),
      memory,
      isOpen,
    );
  });
}
