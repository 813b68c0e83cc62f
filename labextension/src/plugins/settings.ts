/** What a person may set (`schema/settings.json`); the defaults where settings cannot be read. */

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { SolverWord } from '../../../kernel/spec/mime.ts';
import { SOLVER_TITLES } from '../palette.ts';
import { ISettings } from '../tokens.ts';

/** Read when they are needed: they may change. */
export interface Settings {
  /** Of live runs in the panel. */
  readonly updatesPerSecond: number;
  /** Of a new walkthrough, and where a magic names none. */
  readonly solver: SolverWord;
  /** Of a step's rollouts. */
  readonly rows: number;
}

const ID = '@evom/labextension:settings';
const DEFAULTS: Settings = { updatesPerSecond: 15, solver: 'highs', rows: 1000 };

export const settings: JupyterFrontEndPlugin<Settings> = {
  id: ID,
  description: 'Settings of EVOM.',
  autoStart: true,
  optional: [ISettingRegistry],
  provides: ISettings,
  activate: (_, registry: ISettingRegistry | null): Settings => {
    const current: { -readonly [Name in keyof Settings]: Settings[Name] } = { ...DEFAULTS };
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

/** A value that cannot be is the default. */
export function readSettings({ updatesPerSecond, solver, rows }: Readonly<Record<string, unknown>>): Settings {
  const within = (value: unknown, low: number, high: number, otherwise: number): number =>
    typeof value === 'number' && value >= low && value <= high ? value : otherwise;
  return {
    updatesPerSecond: within(updatesPerSecond, 1, 15, DEFAULTS.updatesPerSecond),
    solver: Object.hasOwn(SOLVER_TITLES, String(solver)) ? (solver as SolverWord) : DEFAULTS.solver,
    rows: Math.floor(within(rows, 1, 10_000, DEFAULTS.rows)),
  };
}
