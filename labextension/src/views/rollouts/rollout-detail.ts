/** One rollout, opened: what it was asked, what it wrote, what became of it. */

import { element, known } from '../../dom.ts';
import { solverTitle } from '../../palette.ts';
import { type Fact, factList } from '../../parts/facts.ts';
import { fold, type OpenFolds } from '../../parts/fold.ts';
import { markedWord } from '../../parts/marked-word.ts';
import { textBlock } from '../../parts/text-block.ts';
import { counted, mebibytes, seconds } from '../../text/numbers.ts';
import { oneLine } from '../../text/visible-text.ts';
import { completionFolds } from '../observation/completion-folds.ts';
import { outcomeParts } from '../observation/outcome.ts';
import { rewardFacts } from '../observation/reward-facts.ts';
import { nameOf, type RolloutItem } from './items.ts';

export function rolloutDetail(item: RolloutItem, folds: OpenFolds): readonly HTMLElement[] {
  const { problem, row } = item;
  const { observation, completion } = row;
  const error = observation?.error ?? null;
  const hasOutput = observation !== null && observation.stdout.text !== '';
  return [
    element(
      'div.Columns',
      element('div', ...(observation ? outcomeParts(outcomeOf(item, observation)) : [])),
      factList(factsOf(item)),
    ),
    ...known([problem && fold('Problem', () => textBlock(problem.text, 'Problem'), folds)]),
    ...(completion ? completionFolds(completion, error, folds) : known([error && textBlock(error.message, 'Error')])),
    ...known([hasOutput && fold('Output', () => textBlock(observation.stdout, 'Output'), folds)]),
  ];
}

export function rolloutHeadline(item: RolloutItem): readonly HTMLElement[] {
  const { word, row } = item;
  const name = nameOf(item);
  return [
    markedWord(word),
    element('span', oneLine(solverTitle(row.solver), 24)),
    element('span.Quiet', { dir: 'auto' }, row.step === null ? name : `${name} · step ${row.step}`),
  ];
}

function outcomeOf(
  { problem }: RolloutItem,
  summary: NonNullable<RolloutItem['row']['observation']>,
): Parameters<typeof outcomeParts>[0] {
  const { status, objective } = summary;
  const certified = status === null ? null : { status, objective };
  return { summary, certified, certifiedBy: '', expected: problem?.answer ?? null };
}

function factsOf({ row: { reward, advantage, completion, observation } }: RolloutItem): readonly Fact[] {
  const tokens = completion?.tokens ?? null;
  const run = observation === null || observation.durationMs === 0 ? null : observation;
  return [
    ...rewardFacts(reward, advantage),
    ['tokens', tokens === null ? null : `${counted(tokens)}${completion?.truncated ? ', cut at the limit' : ''}`],
    ['processor time', run && seconds(run.cpuMs)],
    ['wall time', run && seconds(run.durationMs)],
    ['memory', run && mebibytes(run.memoryBytes)],
  ];
}
