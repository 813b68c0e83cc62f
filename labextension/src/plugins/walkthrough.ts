/** "New EVOM walkthrough": a notebook that goes through the loop once, in the launcher and the palette. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import type { KernelSpec } from '@jupyterlab/services';
import { evomKernelName } from '../panel/evom-kernel.ts';
import { evomIcon } from '../panel/icon.ts';
import { CATEGORY, COMMANDS, ISettings } from '../tokens.ts';
import type { Settings } from './read-settings.ts';
import { walkthroughNotebook } from './walkthrough-notebook.ts';

export const walkthrough: JupyterFrontEndPlugin<void> = {
  id: '@evom/labextension:walkthrough',
  description: 'Begins a notebook that goes through the loop.',
  autoStart: true,
  requires: [ISettings],
  optional: [ILauncher, ICommandPalette],
  activate: (
    { commands, serviceManager }: JupyterFrontEnd,
    settings: Settings,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
  ) => {
    const kernel = (): string | null =>
      evomKernelName(serviceManager.kernelspecs.specs as KernelSpec.ISpecModels | null);
    const command = COMMANDS.newWalkthrough;
    commands.addCommand(command, {
      label: 'New EVOM Walkthrough',
      caption: 'A notebook with the kernel TypeScript (EVOM) that goes through the loop once',
      icon: evomIcon,
      isEnabled: () => kernel() !== null,
      execute: async ({ cwd }) => {
        const name = kernel();
        if (name === null) return undefined;
        const { contents } = serviceManager;
        const { path } = await contents.newUntitled({ path: typeof cwd === 'string' ? cwd : '', type: 'notebook' });
        const content = walkthroughNotebook(name, settings.solver);
        await contents.save(path, { type: 'notebook', format: 'json', content });
        return commands.execute('docmanager:open', { path, factory: 'Notebook', kernel: { name } });
      },
      describedBy: { args: { type: 'object', properties: { cwd: { type: 'string' } } } },
    });
    serviceManager.kernelspecs.specsChanged.connect(() => commands.notifyCommandChanged(command));
    launcher?.add({ command, category: CATEGORY, rank: 1 });
    launcher?.add({ command: COMMANDS.openPanel, category: CATEGORY, rank: 2 });
    palette?.addItem({ command, category: CATEGORY });
  },
};
