/** A training of the session: how far it is, how well it does, and the buttons of one that runs. */

import type { LiveRunData, RunCommand } from '../../../kernel/spec/comm.ts';
import { button, element } from '../dom.ts';
import { scoreText } from '../figure/score-text.ts';
import { own } from '../own.ts';
import { solverTitle } from '../palette.ts';
import { oneLine } from '../text/visible-text.ts';
import type { Row } from './keyed-list.ts';

export interface RunActions {
  command(command: RunCommand, run: string): void;
  openRun(run: string, folder: string): void;
}

export function createLiveRunRow(run: string, { command, openRun }: RunActions): Row<LiveRunData> {
  let folder: string | null = null;
  let isPaused = false;
  const name = button(oneLine(run, 60), () => folder !== null && openRun(run, folder), { class: 'evom-Panel-link' });
  const state = element('span', { class: 'evom-Quiet' });
  const bar = element('progress', { 'aria-label': `Steps of ${oneLine(run, 60)}` });
  const told = element('p', { class: 'evom-Panel-told' });
  const toggle = button('Pause', () => command(isPaused ? 'resume' : 'pause', run));
  const stop = button('Stop', () => command('stop', run));
  const buttons = element('div', { class: 'evom-Panel-buttons' }, toggle, stop);
  return {
    node: element('li', {}, element('div', { class: 'evom-Panel-head' }, name, state), bar, told, buttons),
    show(data) {
      const { progress, accuracy, solvers, isPausing } = data;
      folder = data.folder;
      isPaused = progress.state === 'paused' || isPausing;
      name.disabled = folder === null;
      setText(state, stateText(data));
      bar.max = Math.max(1, progress.total);
      bar.value = progress.done;
      const score = accuracy === null ? '' : ` · accuracy ${scoreText(accuracy)}`;
      setText(told, `step ${progress.done} of ${progress.total} on ${solvers.map(solverTitle).join(', ')}${score}`);
      buttons.hidden = progress.state !== 'running' && progress.state !== 'paused';
      setText(toggle, isPaused ? 'Resume' : 'Pause');
      toggle.setAttribute('aria-label', `${isPaused ? 'Resume' : 'Pause'} ${oneLine(run, 60)}`);
      stop.setAttribute('aria-label', `Stop ${oneLine(run, 60)}`);
    },
  };
}

const SHAPES: Readonly<Record<string, string>> = { running: '▶', paused: '❚❚', done: '●', stopped: '■', failed: '▲' };

function stateText({ progress: { state, error }, isPausing, stepProgress }: LiveRunData): string {
  if (isPausing) return '❚❚ pauses after this step';
  const shape = own(SHAPES, state) ?? '?';
  const part = state === 'running' && stepProgress !== null ? ` ${stepProgress.done}/${stepProgress.total}` : '';
  return `${shape} ${oneLine(state, 20)}${part}${error === null || state === 'stopped' ? '' : `: ${oneLine(error, 200)}`}`;
}

/** A text that stays is not written again: a selection in it stays too. */
function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
