/**
 * One MIME type's output in a notebook. Updates may come faster than they can be drawn: the newest wins, one is drawn at
 * a time, and no more than one in each frame. The first is drawn at once, later ones in a frame of their own, so that
 * drawing does not prolong the task in which JupyterLab takes the message in.
 */

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { EvomMimeTypes } from '../../kernel/spec/mime.ts';
import { element } from './dom.ts';
import { onThemeChange } from './theme.ts';

/** A view draws plain data into a node of its own, again and again. */
export interface View<Data> {
  /**
   * May be asynchronous; it is not called again before it has settled. `bundle`: all that the output holds, as rewards come
   * with the rollouts behind them.
   */
  render(data: Data, bundle?: EvomBundle): Promise<void> | void;
  /** The node has another size. */
  resize?(): void;
  dispose?(): void;
}

export type EvomBundle = Partial<EvomMimeTypes>;

export type CreateView<Data> = (node: HTMLElement) => View<Data>;

export class ViewRenderer<Data> extends Widget implements IRenderMime.IRenderer {
  readonly #mimeType: string;
  readonly #view: View<Data>;
  readonly #stopWatching: () => void;
  /** A model makes a copy of its data for who reads them: only what is drawn is read. */
  #newest: { readonly data: unknown } | null = null;
  #shown: EvomBundle | null = null;
  #drawing: Promise<void> | null = null;

  constructor(mimeType: string, create: CreateView<Data>) {
    super();
    this.#mimeType = mimeType;
    this.addClass('evom-View');
    this.#view = create(this.node);
    this.#stopWatching = onThemeChange(() => {
      this.#newest ??= this.#shown && { data: this.#shown };
      void this.#draw();
    });
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#newest = model;
    return this.#draw();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#stopWatching();
    this.#view.dispose?.();
    super.dispose();
  }

  protected override onResize(_: Message): void {
    this.#view.resize?.();
  }

  #draw(): Promise<void> {
    this.#drawing ??= this.#drawNewest().finally(() => {
      this.#drawing = null;
    });
    return this.#drawing;
  }

  async #drawNewest(): Promise<void> {
    while (this.#newest !== null && !this.isDisposed) {
      if (this.#shown !== null) await new Promise((resolve) => requestAnimationFrame(resolve));
      const bundle = this.#newest.data as EvomBundle;
      this.#newest = null;
      this.#shown = bundle;
      try {
        await this.#view.render((bundle as Readonly<Record<string, unknown>>)[this.#mimeType] as Data, bundle);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.node.replaceChildren(element('p', { role: 'alert' }, `This output cannot be drawn: ${reason}`));
      }
    }
  }
}
