/**
 * Run folders as documents: a step's Parquet file, or a run's `manifest.json` by "Open With". They are read through a
 * kernel of their own that is started in the folder and ends with the tab, so that no notebook's session is touched.
 */

import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import type { ServiceManager } from '@jupyterlab/services';
import { Connection } from '../panel/connection.ts';
import { evomKernelName } from '../panel/evom-kernel.ts';
import { evomIcon } from '../panel/icon.ts';
import { RunContent } from '../panel/run-content.ts';
import { ISettings } from '../tokens.ts';
import type { Settings } from './read-settings.ts';

const FACTORY = 'EVOM Run';
const FILE_TYPE = 'evom-run-step';
const STEP_FILE = /^step-(\d{6,})\.parquet$/;

export const runFiles: JupyterFrontEndPlugin<void> = {
  id: '@evom/labextension:run-files',
  description: 'Opens the files of run folders.',
  autoStart: true,
  requires: [ISettings],
  optional: [ILayoutRestorer],
  activate: (
    { docRegistry, serviceManager }: JupyterFrontEnd,
    settings: Settings,
    restorer: ILayoutRestorer | null,
  ) => {
    docRegistry.addFileType({
      name: FILE_TYPE,
      displayName: 'EVOM run step',
      pattern: '^step-\\d{6,}\\.parquet$',
      fileFormat: 'base64',
      contentType: 'file',
      icon: evomIcon,
    });
    const factory = new RunFileFactory(serviceManager, settings);
    const tracker = new WidgetTracker<DocumentWidget<RunContent>>({ namespace: 'evom-run-files' });
    factory.widgetCreated.connect((_, widget) => void tracker.add(widget));
    docRegistry.addWidgetFactory(factory);
    void restorer?.restore(tracker, {
      command: 'docmanager:open',
      args: ({ context: { path } }) => ({ path, factory: FACTORY }),
      name: ({ context: { path } }) => path,
    });
  },
};

class RunFileFactory extends ABCWidgetFactory<DocumentWidget<RunContent>> {
  private readonly services: ServiceManager.IManager;
  private readonly settings: Settings;

  constructor(services: ServiceManager.IManager, settings: Settings) {
    super({
      name: FACTORY,
      modelName: 'base64',
      fileTypes: [FILE_TYPE, 'json'],
      defaultFor: [FILE_TYPE],
      readOnly: true,
    });
    this.services = services;
    this.settings = settings;
  }

  protected createNewWidget(context: DocumentRegistry.Context): DocumentWidget<RunContent> {
    const name = context.path.split('/').at(-1) ?? '';
    const step = STEP_FILE.exec(name)?.[1];
    const content = new RunContent({
      folder: '.',
      step: step === undefined ? null : Number(step),
      rows: () => this.settings.rows,
    });
    const widget = new DocumentWidget({ content, context });
    widget.title.icon = evomIcon;
    void this.connect(content, context.path);
    return widget;
  }

  private async connect(content: RunContent, path: string): Promise<void> {
    const { kernelspecs, sessions } = this.services;
    try {
      await kernelspecs.ready;
      const name = evomKernelName(kernelspecs.specs);
      if (name === null) throw new Error('there is no kernel TypeScript (EVOM) to read it with');
      const session = await sessions.startNew({ path, name: path, type: 'file', kernel: { name } });
      const end = (): void => void session.shutdown().catch(() => {});
      if (content.isDisposed || session.kernel === null) return end();
      const connection = new Connection(session.kernel, () => ({}));
      content.disposed.connect(() => {
        connection.dispose();
        end();
      });
      await content.connect(connection);
    } catch (error) {
      content.fail(error as Error);
    }
  }
}
