import type { RolloutsData } from '../../../../kernel/spec/mime.ts';
import { element } from '../../dom.ts';
import { entriesOf } from '../../own.ts';
import { markOf, markRank, solverTitle } from '../../palette.ts';
import { markedWord } from '../../parts/marked-word.ts';
import { counted } from '../../text/numbers.ts';
import { oneLine } from '../../text/visible-text.ts';

/** A line for each solver: what became of all of its rollouts, those among them that the notebook does not keep. */
export function countLines({ counts }: RolloutsData): readonly HTMLElement[] {
  return sortedCounts(counts).map(([solver, words]) => {
    const total = words.reduce((sum, [, count]) => sum + count, 0);
    const segments = words.map(([word, count]) =>
      element('span', {
        style: `width: ${(100 * count) / Math.max(1, total)}%; background: var(${markOf(word).colour})`,
      }),
    );
    return element(
      'p.Counts',
      element('strong', oneLine(solverTitle(solver), 24)),
      element('span.Stack', { 'aria-hidden': 'true' }, ...segments),
      ...words.map(([word, count]) => element('span', `${counted(count)} `, markedWord(word))),
    );
  });
}

/** For who sees nothing of it. */
export function countWords({ counts }: RolloutsData): string {
  return sortedCounts(counts)
    .map(([solver, words]) => {
      const told = words.map(([word, count]) => `${count} ${oneLine(markOf(word).word, 24)}`);
      return `${oneLine(solverTitle(solver), 24)}: ${told.join(', ')}`;
    })
    .join('; ');
}

type Counts = readonly (readonly [solver: string, words: readonly (readonly [string, number])[]])[];

function sortedCounts(counts: RolloutsData['counts']): Counts {
  return entriesOf(counts).map(([solver, words]) => [
    solver,
    entriesOf(words).sort(([left], [right]) => markRank(left) - markRank(right)),
  ]);
}
