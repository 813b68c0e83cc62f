import type { HistogramData } from '../../../../kernel/spec/mime.ts';
import { element } from '../../dom.ts';
import { createSvg, drawInto } from '../../figure/svg.ts';
import { showOptions } from '../../parts/show-options.ts';
import { oneLine } from '../../text/visible-text.ts';
import { drawRidgeline } from './ridgeline.ts';

export interface RidgelineView {
  readonly node: HTMLElement;
  show(data: HistogramData, hidden: ReadonlySet<string>, chosen: number): void;
  dispose(): void;
}

/** All steps over one another; pressing a step chooses it, as the slider does. */
export function createRidgelineView(onChoose: (position: number) => void): RidgelineView {
  const svg = createSvg({ role: 'img' });
  const choice = element('select.Select');
  const held = element('div.Ridges', svg);
  const node = element('div.Ridgeline', element('label', 'Part ', choice), held);
  let width = 320;
  let draw = (): void => undefined;
  choice.addEventListener('change', () => draw());
  svg.addEventListener('click', ({ target }) => {
    const ridge = target instanceof Element ? target.closest('[data-position]') : null;
    if (ridge !== null) onChoose(Number(ridge.getAttribute('data-position')));
  });
  const observer = new ResizeObserver(() => draw());
  observer.observe(held);
  return {
    node,
    show(data, hidden, chosen) {
      node.hidden = data.steps.length < 2;
      const names = data.parts.map(({ name }) => oneLine(name, 40));
      showOptions(choice, names);
      draw = () => {
        const part = Math.max(0, choice.selectedIndex);
        width = Math.min(720, held.clientWidth || width);
        if (node.hidden) return;
        drawInto(svg, drawRidgeline(data, { part, hidden, chosen, width }));
        svg.ariaLabel = `Rewards of ${data.steps.length} steps, ${names[part] ?? ''}; the table has the numbers`;
      };
      draw();
    },
    dispose: () => observer.disconnect(),
  };
}
