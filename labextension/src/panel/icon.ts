import { LabIcon } from '@jupyterlab/ui-components';

/** Three bars that grow, and a mark: what a run is, and what makes it one. */
export const evomIcon: LabIcon = new LabIcon({
  name: '@evom/labextension:evom',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16"><path class="jp-icon3" fill="#616161" d="M1 15v-4h3v4zm5 0V8h3v7zm5 0V5h3v10zM1.7 6.2 3.4 8 7 3.6 5.9 2.7 3.3 5.8 2.6 5.1z"/></svg>',
});
