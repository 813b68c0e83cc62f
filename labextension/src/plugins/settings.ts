/** What a person may set (`schema/settings.json`); the defaults where settings cannot be read. */

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ISettings } from '../tokens.ts';
import { DEFAULT_SETTINGS, readSettings, type Settings } from './read-settings.ts';

const ID = '@evom/labextension:settings';

export const settings: JupyterFrontEndPlugin<Settings> = {
  id: ID,
  description: 'Settings of EVOM.',
  autoStart: true,
  optional: [ISettingRegistry],
  provides: ISettings,
  activate: (_, registry: ISettingRegistry | null): Settings => {
    const current: { -readonly [Name in keyof Settings]: Settings[Name] } = { ...DEFAULT_SETTINGS };
    const read = (composite: Readonly<Record<string, unknown>>): void => {
      Object.assign(current, readSettings(composite));
    };
    registry?.load(ID).then(
      (loaded) => {
        read(loaded.composite);
        loaded.changed.connect(({ composite }) => read(composite));
      },
      (error: unknown) => console.warn('EVOM takes its default settings.', error),
    );
    return current;
  },
};
