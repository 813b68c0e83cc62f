/** A renderer for each MIME type of EVOM's results. They need no kernel: a saved notebook looks as it did. */

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { EvomMimeTypes } from '../../kernel/spec/mime.ts';
import { type CreateView, ViewRenderer } from './view-renderer.ts';
import { createHistogramView } from './views/histogram-view.ts';
import { createObservationView } from './views/observation-view.ts';
import { createRolloutsView } from './views/rollouts-view.ts';
import { createRunView } from './views/run-view.ts';
import { createSolversView } from './views/solvers-view.ts';
import { createTransferView } from './views/transfer-view.ts';

const VIEWS: { readonly [Type in keyof EvomMimeTypes]: CreateView<EvomMimeTypes[Type]> } = {
  'application/vnd.evom.observation.v1+json': createObservationView,
  // Before the rollouts: where an output holds both, it is this view that shows both.
  'application/vnd.evom.histogram.v1+json': createHistogramView,
  'application/vnd.evom.rollouts.v1+json': createRolloutsView,
  'application/vnd.evom.run.v1+json': createRunView,
  'application/vnd.evom.transfer.v1+json': createTransferView,
  'application/vnd.evom.solvers.v1+json': createSolversView,
};

/** Before text/html, which is the fallback for front ends without this extension. */
const RANK = 0;

/** A view outside of a notebook's outputs too. The plugins take views from here alone, so that they are bundled once, as one. */
export function createRenderer(mimeType: keyof EvomMimeTypes): ViewRenderer<unknown> {
  return new ViewRenderer(mimeType, VIEWS[mimeType] as CreateView<unknown>);
}

const extensions: readonly IRenderMime.IExtension[] = (Object.keys(VIEWS) as (keyof EvomMimeTypes)[]).map(
  (mimeType) => ({
    id: `@evom/labextension:${mimeType.split('.')[2]}`,
    rank: RANK,
    dataType: 'json',
    rendererFactory: { safe: true, mimeTypes: [mimeType], createRenderer: () => createRenderer(mimeType) },
  }),
);

export default extensions;
