/** Above a run's curves: how far it is, why it learns nothing, what it is writing, and the buttons of a live one. */

import type { CauseData, RunData } from '../../../../kernel/spec/mime.ts';
import { button, element, scrolling } from '../../dom.ts';
import { percent } from '../../figure/score-text.ts';
import { own } from '../../own.ts';
import { progressLine } from '../../parts/progress-line.ts';
import { oneLine, visibleText } from '../../text/visible-text.ts';
import { findRunControls, type RunControls } from './run-controls.ts';
import { runTitle } from './run-summary.ts';

/** Of what is being written, the end. */
const WRITING = 2000;

const CAUSES: Readonly<Record<CauseData['kind'], string>> = {
  'zero-variance': 'all rewards of a group are equal',
  format: 'no program in the expected format',
  licence: 'the licence is too small',
  infra: 'programs are lost by our fault',
  truncated: 'completions are cut',
};

export interface RunHead {
  readonly node: HTMLElement;
  show(data: RunData): void;
}

export function createRunHead(): RunHead {
  const title = element('p.Title');
  const folder = element('p.Quiet');
  const progress = element('div');
  const controls = element('div.Bar');
  const cause = element('div', { role: 'status' });
  const writing = element('pre.Text', scrolling('What the policy is writing'));
  const node = element('div', title, folder, progress, controls, cause, writing);
  let buttons = '';
  let told = '';
  return {
    node,
    show(data) {
      title.textContent = runTitle(data);
      folder.textContent = folderText(data);
      progress.replaceChildren(progressLine(data.progress, 'steps'), ...stepLine(data));
      const key = JSON.stringify(data.cause);
      if (key !== told) cause.replaceChildren(...causeBox(data.cause));
      told = key;
      writing.hidden = data.writing === null;
      writing.textContent = visibleText((data.writing ?? '').slice(-WRITING));
      if (data.writing !== null) writing.scrollTop = writing.scrollHeight;
      const found = isLive(data) ? findRunControls(data.run) : null;
      const state = found === null ? '' : data.progress.state;
      if (state !== buttons) controls.replaceChildren(...(found === null ? [] : controlButtons(found, state)));
      buttons = state;
    },
  };
}

function controlButtons(run: RunControls, state: string): readonly HTMLElement[] {
  const toggle = state === 'paused' ? button('Resume', () => run.resume()) : button('Pause', () => run.pause());
  return [toggle, button('Stop', () => run.stop())];
}

function isLive({ progress }: RunData): boolean {
  return progress.state === 'running' || progress.state === 'paused';
}

function folderText({ folder, stored }: RunData): string {
  const kept = folder === null ? '' : `Kept in ${oneLine(folder, 200)}. `;
  return `${kept}${stored > 0 ? `${stored} steps were there already.` : ''}`;
}

function stepLine({ progress, stepProgress }: RunData): readonly HTMLElement[] {
  if (stepProgress === null || progress.state !== 'running') return [];
  const { done, total } = stepProgress;
  return [element('p.Quiet', `This step: ${done} of ${total} rollouts are judged.`)];
}

function causeBox(cause: CauseData | null): readonly HTMLElement[] {
  if (cause === null) return [];
  const name = own(CAUSES, cause.kind) ?? oneLine(cause.kind, 40);
  return [
    element(
      'div.Cause',
      { role: 'note', 'aria-label': 'Why is nothing learning?' },
      element('strong', `▲ Why is nothing learning? ${name} (${percent(cause.share)})`),
      element('p', oneLine(cause.sentence, 400)),
      element('p', oneLine(cause.advice, 400)),
    ),
  ];
}
