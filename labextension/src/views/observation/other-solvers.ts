/**
 * The card's program on another solver, as it stands: one that was written for another API usually solves nothing there,
 * and is told so. Results stand beside the first one, and are not kept in the notebook. Whoever wrote the program, it runs
 * only when somebody presses the button, and in the kernel's sandbox.
 */

import type { ObservationData, SolverWord } from '../../../../kernel/spec/mime.ts';
import { button, element } from '../../dom.ts';
import { SOLVER_TITLES, solverTitle } from '../../palette.ts';
import { fold, type OpenFolds } from '../../parts/fold.ts';
import { oneLine } from '../../text/visible-text.ts';
import { comparisonTable } from '../comparison/solver-comparison.ts';
import type { RolloutItem } from '../rollouts/items.ts';
import { findRunner, watchRunners } from './program-runner.ts';

export interface OtherSolvers {
  readonly node: HTMLElement;
  show(data: ObservationData): void;
  /** Whether somebody can run it may have changed. */
  look(): void;
  dispose(): void;
}

export function createOtherSolvers(drawCard: (data: ObservationData) => readonly Node[]): OtherSolvers {
  const solver = element('select.Input');
  const run = button('Run', () => void runProgram());
  const said = element('span.Quiet', { role: 'status' });
  const bar = element('div.Bar.Screen', element('label', 'On another solver ', solver), run, said);
  const results = element('div');
  const node = element('div', bar, results);
  const others = new Map<SolverWord, ObservationData>();
  const folds: OpenFolds = new Map();
  let first: ObservationData | null = null;

  const look = (): void => {
    bar.hidden = !isWhole(first) || findRunner(node) === null;
  };
  const runProgram = async (): Promise<void> => {
    const [asked, runner, chosen] = [first, findRunner(node), solver.value as SolverWord];
    if (!isWhole(asked) || runner === null) return look();
    run.disabled = true;
    said.textContent = `Runs on ${solverTitle(chosen)} …`;
    try {
      const result = await runner({ program: asked.program.text, solver: chosen, problem: asked.problem });
      if (asked !== first) return;
      others.set(chosen, result);
      draw(asked);
      said.textContent = '';
    } catch (error) {
      said.textContent = `It was not run: ${oneLine((error as Error).message, 300)}`;
    } finally {
      run.disabled = false;
    }
  };
  const draw = (asked: ObservationData): void => {
    const items = [asked, ...others.values()].map(itemOf);
    results.replaceChildren(
      comparisonTable(items, items, () => {}),
      ...[...others].map(([name, data]) =>
        fold(`On ${solverTitle(name)}`, () => element('div', ...drawCard(data)), folds),
      ),
    );
  };
  const stopWatching = watchRunners(look);
  return {
    node,
    show(data) {
      if (data === first) return; // drawn anew, as for another theme
      first = data;
      others.clear();
      results.replaceChildren();
      said.textContent = '';
      const choices = Object.entries(SOLVER_TITLES).filter(([name]) => name !== data.solver);
      solver.replaceChildren(...choices.map(([value, title]) => element('option', { value }, title)));
      requestAnimationFrame(look); // on the page by then
    },
    look,
    dispose: stopWatching,
  };
}

/** There is a program, and it is not cut. */
function isWhole(data: ObservationData | null): data is ObservationData & { program: { text: string } } {
  return data?.program != null && data.program.text.length === data.program.length;
}

/** As the comparison takes it. */
function itemOf(observation: ObservationData, index: number): RolloutItem {
  const { solver, verdict, outcome, completion, reward, advantage, problem } = observation;
  const place = { problem: null, sample: null, step: null, position: null };
  const row = { ...place, solver, completion, observation, reward, advantage };
  return { key: solver, row, problem, word: verdict ?? outcome, index };
}
