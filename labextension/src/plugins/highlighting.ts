/**
 * Syntax colours for the cells of EVOM notebooks: magics, Python in `%%verify`, prose in `%%generate`. Other notebooks, and
 * editors of files, are left as they are.
 */

import type { Language } from '@codemirror/language';
import { Compartment, type Extension, Prec } from '@codemirror/state';
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  EditorExtensionRegistry,
  type IEditorExtensionFactory,
  IEditorExtensionRegistry,
  IEditorLanguageRegistry,
} from '@jupyterlab/codemirror';
import { createCellLanguage } from './highlighting/cell-language.ts';

type CellModel = IEditorExtensionFactory.IOptions['model'];

export const highlighting: JupyterFrontEndPlugin<void> = {
  id: '@evom/labextension:highlighting',
  description: 'Syntax colours of magics and their bodies.',
  autoStart: true,
  optional: [IEditorExtensionRegistry, IEditorLanguageRegistry],
  activate: (
    _: JupyterFrontEnd,
    extensions: IEditorExtensionRegistry | null,
    languages: IEditorLanguageRegistry | null,
  ) => {
    if (extensions === null || languages === null) return;
    let loading: Promise<Language | null> | null = null;
    const load = (): Promise<Language | null> => (loading ??= loadLanguage(languages));
    extensions.addExtension({
      name: '@evom/labextension:cells',
      factory: ({ model }) => EditorExtensionRegistry.createImmutableExtension(cellColours(model, load)),
    });
  },
};

async function loadLanguage(languages: IEditorLanguageRegistry): Promise<Language | null> {
  const parserOf = async (name: string) => (await languages.getLanguage(name))?.support?.language.parser ?? null;
  const [typescript, python] = await Promise.all(['TypeScript', 'Python'].map(parserOf));
  return typescript && python ? createCellLanguage({ typescript, python }) : null;
}

/** In place of the editor's own language, as long as the notebook is EVOM's. */
function cellColours(model: CellModel, load: () => Promise<Language | null>): Extension {
  const place = new Compartment();
  const watcher = ViewPlugin.define((view: EditorView) => {
    let isOn = false;
    const look = async (): Promise<void> => {
      if (isEvomCell(model) === isOn) return;
      isOn = !isOn;
      const language = isOn ? await load() : null;
      if (isOn === (language !== null)) view.dispatch({ effects: place.reconfigure(language?.extension ?? []) });
    };
    const onMimeType = (): void => void look();
    model.mimeTypeChanged.connect(onMimeType);
    onMimeType();
    return {
      update: ({ focusChanged }: ViewUpdate) => {
        if (focusChanged) onMimeType();
      },
      destroy: () => void model.mimeTypeChanged.disconnect(onMimeType),
    };
  });
  return [Prec.highest(place.of([])), watcher];
}

/** Code of a notebook whose kernel is EVOM's, by the notebook's own metadata: also where no kernel runs. */
function isEvomCell(model: CellModel): boolean {
  const { sharedModel, type } = model as CellModel & { readonly type?: string };
  const { notebook } = sharedModel as { readonly notebook?: { getMetadata(key: string): unknown } | null };
  if (type !== 'code' || !notebook) return false;
  const { name = '', display_name: title = '' } = (notebook.getMetadata('kernelspec') ?? {}) as Readonly<
    Record<string, string>
  >;
  return name === 'evom' || title.startsWith('TypeScript (EVOM)');
}
