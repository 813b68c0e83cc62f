/** The observation card: one program and all that running it showed; on another solver too, where a kernel is live. */

import type { ObservationData, TextData } from '../../../kernel/spec/mime.ts';
import { codeBlock } from '../code/code-block.ts';
import { element } from '../dom.ts';
import { markOf, solverTitle } from '../palette.ts';
import { type Fact, factList } from '../parts/facts.ts';
import { fold, type OpenFolds } from '../parts/fold.ts';
import { markedWord } from '../parts/marked-word.ts';
import { copyButton } from '../parts/table-buttons.ts';
import { textBlock } from '../parts/text-block.ts';
import { counted, mebibytes, seconds } from '../text/numbers.ts';
import { oneLine } from '../text/visible-text.ts';
import type { View } from '../view-renderer.ts';
import { completionFolds } from './observation/completion-folds.ts';
import { modelFolds } from './observation/model-folds.ts';
import { createOtherSolvers } from './observation/other-solvers.ts';
import { outcomeParts } from './observation/outcome.ts';
import { rewardFacts } from './observation/reward-facts.ts';
import { usageBar } from './observation/usage-bar.ts';

export function createObservationView(node: HTMLElement): View<ObservationData> {
  const folds: OpenFolds = new Map();
  const others = createOtherSolvers((data) => cardParts(data, new Map()));
  node.classList.add('evom-Card');
  node.setAttribute('role', 'figure');
  return {
    render(data) {
      node.setAttribute('aria-label', summaryOf(data));
      node.replaceChildren(...cardParts(data, folds), others.node);
      others.show(data);
    },
    resize: others.look,
    dispose: others.dispose,
  };
}

function cardParts(data: ObservationData, folds: OpenFolds): readonly HTMLElement[] {
  return [headline(data), columns(data), ...texts(data, folds)];
}

function summaryOf({ verdict, outcome, solver, status, objective, error }: ObservationData): string {
  const solved = status === null ? '' : `, certified ${status}${objective === null ? '' : ` ${objective}`}`;
  const failed = error === null ? '' : `, ${oneLine(error.type, 60)}`;
  return `Observation: ${oneLine(markOf(verdict ?? outcome).word, 24)} on ${solverTitle(solver)}${solved}${failed}`;
}

function headline({ verdict, outcome, solver, solverVersion, problem, id, cached }: ObservationData): HTMLElement {
  const about = problem === null ? oneLine(id, 60) : oneLine(problem.id, 60);
  return element(
    'p.Headline',
    markedWord(verdict ?? outcome),
    element('span', `${oneLine(solverTitle(solver), 24)} ${oneLine(solverVersion, 24)}`),
    element('span.Quiet', { dir: 'auto' }, `${about}${cached ? ' · from the cache' : ''}`),
  );
}

function columns(data: ObservationData): HTMLElement {
  const { certificate, certified, expected } = data;
  const certifiedBy = certificate?.by ?? certificate?.kind ?? '';
  return element(
    'div.Columns',
    element('div', ...outcomeParts({ summary: data, certified, certifiedBy, expected })),
    factList(factsOf(data)),
  );
}

function factsOf(data: ObservationData): readonly Fact[] {
  const { certificate, completion, durationMs, exitCode, signal } = data;
  const size = certificate?.size;
  return [
    ...rewardFacts(data.reward, data.advantage),
    ...(durationMs === 0 ? [] : usageFacts(data)),
    ['model', size ? `${size.variables} variables (${size.integers} integer), ${size.constraints} constraints` : null],
    ['certificate', certificate ? `${certificate.kind}: ${oneLine(certificate.reason, 160)}` : null],
    ['solves', data.solveCount > 1 ? `${data.solveCount}, the last one counts` : null],
    ['tokens', completion?.tokens ? `${counted(completion.tokens)}${completion.truncated ? ', cut' : ''}` : null],
    ['ended with', signal ? `signal ${signal}` : exitCode ? `exit code ${exitCode}` : null],
    ['isolation', oneLine(data.isolation, 60)],
  ];
}

function usageFacts({ limits, cpuMs, durationMs, memoryBytes }: ObservationData): readonly Fact[] {
  return [
    ['processor time', usageBar(cpuMs, limits?.cpuMs ?? null, seconds)],
    ['wall time', usageBar(durationMs, limits?.wallMs ?? null, seconds)],
    ['memory', usageBar(memoryBytes, limits?.memoryBytes ?? null, mebibytes)],
  ];
}

function texts(data: ObservationData, folds: OpenFolds): readonly HTMLElement[] {
  const { problem, program, completion, model, stdout, stdoutBytes, error } = data;
  const whole = { text: stdout.text, length: Math.max(stdout.length, stdoutBytes) };
  return [
    ...(problem === null ? [] : [fold('Problem', () => textBlock(problem.text, 'Problem'), folds)]),
    ...(program === null && completion !== null ? completionFolds(completion, error, folds) : []),
    ...(program === null ? [] : [fold('Program', () => programPart(program, data), folds, true)]),
    ...(program === null || completion === null
      ? []
      : [fold('Completion', () => textBlock(completion.text, 'Completion'), folds)]),
    ...(program === null && completion === null && error !== null ? [errorPart(error)] : []),
    ...(stdout.text === ''
      ? []
      : [fold(`Output (${counted(whole.length)} bytes)`, () => textBlock(whole, 'Output'), folds)]),
    ...(model === null ? [] : modelFolds(model, folds)),
  ];
}

function programPart(program: TextData, { error }: ObservationData): HTMLElement {
  return element(
    'div',
    codeBlock(program, 'Program', error),
    copyButton('Copy program', () => program.text),
  );
}

function errorPart({ type, message, line }: NonNullable<ObservationData['error']>): HTMLElement {
  const where = line === null ? '' : `line ${line}: `;
  const text = `${where}${type}: ${message.text}`;
  return textBlock({ text, length: text.length + message.length - message.text.length }, 'Error');
}
