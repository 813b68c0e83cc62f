/** The place below the table where a rollout, a group or the difference of two rollouts is open. */

import { button, element } from '../../dom.ts';

export interface PanelContent {
  /** What it shows; the same again is not drawn again, so that what was scrolled stays. */
  readonly signature: string;
  readonly label: string;
  readonly headline: readonly (Node | string)[];
  readonly buttons: readonly HTMLElement[];
  readonly draw: () => readonly HTMLElement[];
}

export interface OpenedPanel {
  readonly node: HTMLElement;
  show(content: PanelContent | null): void;
}

export function createOpenedPanel(close: () => void): OpenedPanel {
  const node = element('div.Opened', { role: 'group', hidden: true });
  let shown: string | null = null;
  return {
    node,
    show(content) {
      if (content?.signature === shown) return;
      shown = content?.signature ?? null;
      node.hidden = content === null;
      if (content === null) {
        node.replaceChildren();
        return;
      }
      node.ariaLabel = content.label;
      const bar = element('div.Bar.Screen', ...content.buttons, button('Close', close, { title: 'Escape' }));
      const head = element('p.Headline', ...content.headline);
      node.replaceChildren(element('div.Opened-head', head, bar), ...content.draw());
    },
  };
}
