/** Connects to the kernel of every EVOM notebook, and gives the buttons of runs and cards their effect. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Sessions } from '../panel/sessions.ts';
import { ISessions, ISettings } from '../tokens.ts';
import { provideRunners } from '../views/observation/program-runner.ts';
import { provideRunControls } from '../views/run/run-controls.ts';
import type { Settings } from './read-settings.ts';

export const sessions: JupyterFrontEndPlugin<Sessions> = {
  id: '@evom/labextension:sessions',
  description: 'Connections to the EVOM kernels of open notebooks.',
  autoStart: true,
  requires: [ISettings],
  provides: ISessions,
  activate: ({ docRegistry, shell }: JupyterFrontEnd, settings: Settings): Sessions => {
    const watched = new Sessions(() => ({ updatesPerSecond: settings.updatesPerSecond }));
    docRegistry.addWidgetExtension('Notebook', { createNew: (notebook, context) => watched.watch(notebook, context) });
    shell.currentChanged?.connect(() => watched.look(shell.currentWidget));
    provideRunControls((run) => {
      const session = watched.all.find(({ connection }) => connection.runs.some((live) => live.run === run));
      if (session === undefined) return null;
      const command = (name: 'pause' | 'resume' | 'stop') => () => session.connection.command(name, run);
      return { pause: command('pause'), resume: command('resume'), stop: command('stop') };
    });
    const onRunners = provideRunners((node) => {
      const session = watched.all.find(({ notebook }) => notebook.node.contains(node));
      return session ? (program) => session.connection.ask({ about: 'observation', ...program }) : null;
    });
    watched.changed.connect(onRunners);
    return watched;
  },
};
