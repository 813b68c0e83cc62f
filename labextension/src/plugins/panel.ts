/** The side panel, its command, and runs as tabs, which are there again after a reload. */

import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import { evomIcon } from '../panel/icon.ts';
import { PanelWidget } from '../panel/panel-widget.ts';
import { RunContent } from '../panel/run-content.ts';
import type { Sessions } from '../panel/sessions.ts';
import { oneLine } from '../text/visible-text.ts';
import { CATEGORY, COMMANDS, ISessions, ISettings } from '../tokens.ts';
import { type Notebook, writeChoice } from './notebook.ts';
import type { Settings } from './read-settings.ts';

/** Arguments of {@link COMMANDS.openRun}: a run of the kernel of the notebook at `path`. */
interface OpenRun {
  readonly path: string;
  readonly run: string;
  readonly folder: string;
}

export const panel: JupyterFrontEndPlugin<void> = {
  id: '@evom/labextension:panel',
  description: 'The side panel, and runs as tabs.',
  autoStart: true,
  requires: [ISessions, ISettings],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    { shell, commands }: JupyterFrontEnd,
    sessions: Sessions,
    settings: Settings,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const widget = new PanelWidget(sessions, {
      openRun: ({ path }, run, folder) => void commands.execute(COMMANDS.openRun, { path, run, folder }),
      choose: ({ notebook }, magic, name) => {
        writeChoice(notebook as Notebook, magic, name);
        shell.activateById(notebook.id);
      },
    });
    shell.add(widget, 'left', { rank: 600 });
    restorer?.add(widget, widget.id);

    const tabs = new WidgetTracker<MainAreaWidget<RunContent>>({ namespace: 'evom-run' });
    const argsOf = new WeakMap<MainAreaWidget<RunContent>, OpenRun>();
    const keyOf = ({ path, folder }: OpenRun): string => `${path}:${folder}`;
    commands.addCommand(COMMANDS.openPanel, {
      label: 'Open EVOM Panel',
      icon: evomIcon,
      execute: () => shell.activateById(widget.id),
      describedBy: { args: { type: 'object', properties: {} } },
    });
    commands.addCommand(COMMANDS.openRun, {
      label: 'Open EVOM Run',
      execute: (given) => {
        const args = given as unknown as OpenRun;
        const known = tabs.find((tab) => keyOf(argsOf.get(tab) as OpenRun) === keyOf(args));
        const tab = known ?? openTab(args, sessions, settings);
        argsOf.set(tab, args);
        if (known === undefined) {
          shell.add(tab, 'main');
          void tabs.add(tab);
        }
        shell.activateById(tab.id);
      },
      describedBy: {
        args: {
          type: 'object',
          properties: { path: { type: 'string' }, run: { type: 'string' }, folder: { type: 'string' } },
          required: ['path', 'run', 'folder'],
        },
      },
    });
    void restorer?.restore(tabs, {
      command: COMMANDS.openRun,
      args: (tab) => ({ ...(argsOf.get(tab) as OpenRun) }),
      name: (tab) => keyOf(argsOf.get(tab) as OpenRun),
    });
    palette?.addItem({ command: COMMANDS.openPanel, category: CATEGORY });
  },
};

let count = 0;

function openTab({ path, run, folder }: OpenRun, sessions: Sessions, settings: Settings): MainAreaWidget<RunContent> {
  const content = new RunContent({ folder, step: null, rows: () => settings.rows });
  const tab = new MainAreaWidget({ content });
  tab.id = `evom-run-${count++}`;
  tab.title.label = oneLine(run, 40);
  tab.title.caption = `${run} of ${path}`;
  tab.title.icon = evomIcon;
  tab.title.closable = true;
  const connect = (): void => void content.connect(sessions.at(path)?.connection ?? null);
  sessions.changed.connect(connect);
  tab.disposed.connect(() => sessions.changed.disconnect(connect));
  connect();
  return tab;
}
