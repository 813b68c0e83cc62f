/**
 * The plugins. Each is an object of what it is called, what it needs and what it does. None of them needs a kernel to be
 * there, or to be EVOM's.
 */

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { completionIcons } from './plugins/completion-icons.ts';
import { highlighting } from './plugins/highlighting.ts';
import { panel } from './plugins/panel.ts';
import { runFiles } from './plugins/run-files.ts';
import { sessions } from './plugins/sessions.ts';
import { settings } from './plugins/settings.ts';
import { toolbar } from './plugins/toolbar.ts';
import { walkthrough } from './plugins/walkthrough.ts';

// biome-ignore lint/suspicious/noExplicitAny: what each provides is its own.
const plugins: readonly JupyterFrontEndPlugin<any>[] = [
  settings,
  sessions,
  panel,
  walkthrough,
  toolbar,
  completionIcons,
  highlighting,
  runFiles,
];

export default plugins;
