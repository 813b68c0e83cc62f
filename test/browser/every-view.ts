/** A notebook that the real kernel has run, with every view in it. */

import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { findPython } from '../../src/python-environment.ts';
import { shell } from '../e2e/cli.ts';
import { environmentOf, KERNEL } from './lab-server.ts';
import { type LabPlace, removeKernel } from './lab-session.ts';

/** Every view: solvers, rollouts, rewards with rollouts, one update, a run, an evaluation, a transfer, an observation. */
export const EVERY_VIEW: readonly string[] = [
  '%problems synthetic:1:24',
  '%policy scripted',
  '%generate --solver highs --limit 8 --n 4',
  '%verify',
  '%reward',
  '%update --algo grpo',
  '%train --solver highs --steps 6 --run a --problems-per-step 4 --n 4',
  '%evaluate --solver highs,scip',
  '%transfer --solver highs,scip',
  '%solvers',
  "await evom.verify({ program: 'import highspy\\nh = highspy.Highs()\\nh.maximize(h.addVariable(0, 10))\\nprint(1)' })",
];

/** The views' types, as they stand in it. */
export const VIEW_TYPES: readonly string[] = [
  ...['rollouts', 'rollouts', 'histogram', 'run', 'run', 'transfer', 'transfer', 'solvers', 'observation'],
];

/** Runs every view's magic and writes `views.ipynb` with its outputs; no kernel is left that could run it again. */
export async function saveEveryView(place: LabPlace): Promise<void> {
  const { root, prefix, notebooks } = place;
  const script = join(PACKAGE_ROOT, 'test/kernel/conformance/run_notebook.py');
  const ran = await shell(`'${findPython()}' '${script}' ${KERNEL} '${join(notebooks, 'views.ipynb')}'`, {
    cwd: root,
    input: JSON.stringify(EVERY_VIEW),
    environment: environmentOf(root, prefix),
  });
  if (ran.code !== 0) throw new Error(ran.stderr);
  removeKernel(place);
}
