/** The side panel: what the current notebook's kernel trains, can solve with, has chosen and has stored. */

import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { LiveRunData, RunFolderData } from '../../../kernel/spec/comm.ts';
import { button, element } from '../dom.ts';
import { oneLine } from '../text/visible-text.ts';
import { type Choice, choices, createChoiceList } from './choice-rows.ts';
import { evomIcon } from './icon.ts';
import { createKeyedList, type KeyedList, type Row } from './keyed-list.ts';
import { createLiveRunRow } from './live-run-row.ts';
import type { EvomSession, Sessions } from './sessions.ts';
import { createSolverList } from './solver-list.ts';

export interface PanelActions {
  openRun(session: EvomSession, run: string, folder: string): void;
  /** Writes `%magic name` into the notebook. */
  choose(session: EvomSession, magic: 'problems' | 'policy', name: string): void;
}

export class PanelWidget extends Widget {
  private readonly sessions: Sessions;
  private readonly place = element('p', { class: 'evom-Quiet' });
  private readonly runs: KeyedList<LiveRunData>;
  private readonly solvers = createSolverList();
  private readonly problems: KeyedList<Choice>;
  private readonly policies: KeyedList<Choice>;
  private readonly folders: KeyedList<RunFolderData>;
  private frame = 0;

  constructor(sessions: Sessions, actions: PanelActions) {
    super();
    this.sessions = sessions;
    this.id = 'evom-panel';
    this.addClass('evom-Panel');
    this.title.icon = evomIcon;
    this.title.caption = 'EVOM';
    const withSession = (act: (session: EvomSession) => void): void => {
      if (sessions.current !== null) act(sessions.current);
    };
    const openRun = (run: string, folder: string): void =>
      withSession((session) => actions.openRun(session, run, folder));
    this.runs = createKeyedList(
      'Nothing was trained in this session.',
      ({ run }) => run,
      (run) =>
        createLiveRunRow(run, {
          command: (command, name) => withSession(({ connection }) => connection.command(command, name)),
          openRun,
        }),
    );
    const chooser = (magic: 'problems' | 'policy'): KeyedList<Choice> =>
      createChoiceList(magic, (name) => withSession((session) => actions.choose(session, magic, name)));
    this.problems = chooser('problems');
    this.policies = chooser('policy');
    this.folders = createKeyedList(
      'There are no runs below this notebook’s folder.',
      ({ folder }) => folder,
      () => createFolderRow(openRun),
    );
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'EVOM');
    const { node: solvers, refresh } = this.solvers;
    this.node.append(
      element('h2', {}, 'EVOM'),
      this.place,
      section('Runs', this.runs.node),
      section(
        'Solvers',
        solvers,
        button('Look again', () => withSession(refresh)),
      ),
      section('Problems', this.problems.node),
      section('Policies', this.policies.node),
      section('Stored runs', this.folders.node),
    );
    sessions.changed.connect(this.draw, this);
    this.draw();
  }

  override dispose(): void {
    this.sessions.changed.disconnect(this.draw, this);
    cancelAnimationFrame(this.frame);
    super.dispose();
  }

  protected override onAfterShow(_: Message): void {
    this.draw();
  }

  /** Once in a frame, and not while nobody sees it. */
  private draw(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.isDisposed) this.drawNow();
    });
  }

  private drawNow(): void {
    const { current } = this.sessions;
    const { session = null, runs = [] } = current?.connection ?? {};
    this.place.textContent =
      current === null ? 'Open a notebook with the kernel TypeScript (EVOM).' : `Of ${oneLine(current.path, 120)}`;
    this.runs.show(runs);
    if (this.isVisible) this.solvers.show(current);
    const { problems = null, policy = null } = session ?? {};
    this.problems.show(choices(problems?.name ?? null, session?.problemSets ?? []));
    this.policies.show(choices(policy?.source ?? null, session?.policies ?? []));
    this.folders.show(session?.folders ?? []);
  }
}

function section(title: string, ...content: readonly Node[]): HTMLElement {
  return element('details', { open: true }, element('summary', {}, element('h3', {}, title)), ...content);
}

function createFolderRow(openRun: (run: string, folder: string) => void): Row<RunFolderData> {
  let known: RunFolderData | null = null;
  const open = button('', () => known !== null && openRun(known.run, known.folder), { class: 'evom-Panel-link' });
  const steps = element('span', { class: 'evom-Quiet' });
  return {
    node: element('li', {}, element('div', { class: 'evom-Panel-head' }, open, steps)),
    show(data) {
      known = data;
      open.textContent = oneLine(data.run, 60);
      open.title = data.folder;
      steps.textContent = `${data.steps} steps`;
    },
  };
}
