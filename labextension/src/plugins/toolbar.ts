/**
 * A chooser for the solver and the policy in the toolbar of EVOM notebooks. It writes magics into cells and keeps nothing:
 * the notebook says all that its results depend on.
 */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { DisposableDelegate } from '@lumino/disposable';
import { Widget } from '@lumino/widgets';
import { element } from '../dom.ts';
import { SOLVER_TITLES } from '../palette.ts';
import { choices } from '../panel/choice-rows.ts';
import type { Sessions } from '../panel/sessions.ts';
import { oneLine } from '../text/visible-text.ts';
import { ISessions } from '../tokens.ts';
import { solverOf, withSolver } from './magic-lines.ts';
import { type Notebook, writeChoice } from './notebook.ts';

/** After save, insert, cut, copy, paste, run, stop, restart and the cell's type. */
const PLACE = 10;

export const toolbar: JupyterFrontEndPlugin<void> = {
  id: '@evom/labextension:toolbar',
  description: 'Solver and policy in the toolbar of EVOM notebooks.',
  autoStart: true,
  requires: [ISessions],
  activate: ({ docRegistry }: JupyterFrontEnd, sessions: Sessions) => {
    docRegistry.addWidgetExtension('Notebook', {
      createNew: (widget) => {
        const notebook = widget as unknown as Notebook;
        const chooser = new Chooser(notebook, sessions);
        notebook.toolbar.insertItem(PLACE, 'evom-chooser', chooser);
        return new DisposableDelegate(() => chooser.dispose());
      },
    });
  },
};

class Chooser extends Widget {
  private readonly notebook: Notebook;
  private readonly sessions: Sessions;
  private readonly solver = element('select', { title: 'Writes --solver into the magics of the active cell' });
  private readonly policy = element('select', { title: 'Writes a %policy line; run it to choose' });
  private policies = '';

  constructor(notebook: Notebook, sessions: Sessions) {
    super();
    this.notebook = notebook;
    this.sessions = sessions;
    this.addClass('evom-Chooser');
    this.solver.append(
      option('', 'default'),
      ...Object.entries(SOLVER_TITLES).map(([name, title]) => option(name, title)),
    );
    this.solver.addEventListener('change', () => this.writeSolver());
    this.policy.addEventListener('change', () => {
      if (this.policy.value !== '') writeChoice(notebook, 'policy', this.policy.value);
      this.readChoices();
    });
    this.node.append(element('label', {}, 'Solver ', this.solver), element('label', {}, 'Policy ', this.policy));
    // Whatever was typed since is read when somebody is about to choose.
    for (const type of ['pointerenter', 'focusin']) this.node.addEventListener(type, () => this.readSolver());
    notebook.content.activeCellChanged.connect(this.readSolver, this);
    sessions.changed.connect(this.readChoices, this);
    this.readSolver();
    this.readChoices();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.sessions.changed.disconnect(this.readChoices, this);
    super.dispose();
  }

  private readSolver(): void {
    const cell = this.notebook.content.activeCell?.model;
    const solver = cell?.type === 'code' ? solverOf(cell.sharedModel.getSource()) : null;
    this.solver.disabled = solver === null;
    this.solver.value = solver ?? '';
  }

  private writeSolver(): void {
    const cell = this.notebook.content.activeCell?.model.sharedModel;
    cell?.setSource(withSolver(cell.getSource(), this.solver.value));
  }

  private readChoices(): void {
    const found = this.sessions.of(this.notebook);
    this.setHidden(found === null);
    const { policy = null, policies = [] } = found?.connection.session ?? {};
    const known = choices(policy?.source ?? null, policies);
    const key = JSON.stringify(known);
    if (key !== this.policies) {
      const first = policy === null ? [option('', 'none yet')] : [];
      this.policy.replaceChildren(...first, ...known.map(({ name }) => option(name, oneLine(name, 40))));
    }
    this.policies = key;
    this.policy.value = policy?.source ?? '';
  }
}

function option(value: string, text: string): HTMLOptionElement {
  return element('option', { value }, text);
}
