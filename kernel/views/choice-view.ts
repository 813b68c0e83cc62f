/** What was chosen: problems or a policy. For people alone, there is no view of it. */

import type { ProblemSet } from '../../src/types.ts';
import type { PolicyChoice } from '../../src/workbench/results.ts';
import { type Bundle, bundle } from './bundle.ts';
import { countWords } from './data/values.ts';
import { htmlTable, raw } from './text/html.ts';
import { rounded } from './text/numbers.ts';
import { oneLine } from './text/plain.ts';

/** Problems that are shown. */
const ROWS = 3;
const TEXT = 140;

export function problemsView({ name, labelSet, problems, issues }: ProblemSet): Bundle {
  const sources = Object.entries(countWords(problems.map(({ source }) => source)));
  const told = [
    `${problems.length} problems of ${name}, labels ${labelSet}`,
    ...(sources.length > 1 ? [sources.map(([source, count]) => `${count} ${source}`).join(', ')] : []),
    ...(issues.length > 0 ? [`${issues.length} odd rows`] : []),
  ];
  const rows = problems
    .slice(0, ROWS)
    .map(({ id, text, answer }) => [
      oneLine(id, 40),
      typeof answer === 'number' ? rounded(answer, 8) : answer,
      oneLine(text, TEXT),
    ]);
  const more = problems.length > ROWS ? `… ${problems.length - ROWS} more` : '';
  const summary = `${told.join('; ')}.`;
  return bundle(
    {},
    {
      html: raw`<p>${summary}</p>${htmlTable(['problem', 'answer', 'text'], rows)}<p>${more}</p>`.html,
      plain: [summary, ...rows.map((row) => row.join('  ')), more].join('\n').trimEnd(),
    },
  );
}

export function policyView({ source, name, isTrainable }: PolicyChoice): Bundle {
  const called = name === source ? '' : ` (${name})`;
  const plain = `Policy ${source}${called}: ${isTrainable ? 'can be trained' : 'can be evaluated, not trained'}.`;
  return bundle({}, { html: raw`<p>${plain}</p>`.html, plain });
}
