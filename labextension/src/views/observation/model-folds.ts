import type { ModelData } from '../../../../kernel/spec/mime.ts';
import { element } from '../../dom.ts';
import { tableNode } from '../../figure/table-node.ts';
import { fold, type OpenFolds } from '../../parts/fold.ts';
import { tableButtons } from '../../parts/table-buttons.ts';
import { textBlock } from '../../parts/text-block.ts';
import { counted } from '../../text/numbers.ts';
import { oneLine } from '../../text/visible-text.ts';

type Solution = NonNullable<ModelData['solution']>;

/** The solution as a table, and the exported model as text. */
export function modelFolds(model: ModelData, folds: OpenFolds): readonly HTMLElement[] {
  const { solution, sense, format } = model;
  const told = [...(sense === null ? [] : [oneLine(sense, 10)]), `${oneLine(format, 20).toUpperCase()} format`];
  return [
    ...(solution === null
      ? []
      : [fold(`Solution (${counted(solution.nonzeros)} not zero)`, () => solutionPart(solution), folds)]),
    fold(`Model (${told.join(', ')})`, () => textBlock(model, 'Model'), folds),
  ];
}

function solutionPart({ values, nonzeros }: Solution): HTMLElement {
  const table = { header: ['variable', 'value'], rows: values.map(({ name, value }) => [name, value] as const) };
  const cut = nonzeros > values.length ? ` ${counted(nonzeros - values.length)} more are not kept.` : '';
  const note = `Found by the certificate’s re-solve: the program may have found another optimum. The export names the variables, in the order in which the program made them.${cut}`;
  return element(
    'div',
    tableNode({ caption: 'Variables that are not zero', ...table }),
    element('p.Quiet', note),
    element('div.Bar.Screen', ...tableButtons('solution', () => table)),
  );
}
