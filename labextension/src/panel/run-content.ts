/**
 * A run of a folder, with the rollouts of any of its steps. A live one is drawn anew as it goes on; what a person has
 * chosen stays.
 */

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Panel, Widget } from '@lumino/widgets';
import type { EvomMimeTypes, RunData } from '../../../kernel/spec/mime.ts';
import { button, element } from '../dom.ts';
import { createRenderer } from '../mime.ts';
import { oneLine } from '../text/visible-text.ts';
import type { Connection } from './connection.ts';

export interface RunPlace {
  /** From where the kernel works. */
  readonly folder: string;
  /** Whose rollouts to show at first; null: none. */
  readonly step: number | null;
  /** Of rollouts. */
  readonly rows: () => number;
}

const RUN = 'application/vnd.evom.run.v1+json';
const ROLLOUTS = 'application/vnd.evom.rollouts.v1+json';

/** Between two readings of a live run: its own output shows every moment. */
const REST_MS = 500;

export class RunContent extends Panel {
  private readonly place: RunPlace;
  private readonly said = element('p', { class: 'evom-Quiet', role: 'status' });
  private readonly steps = element('select', { 'aria-label': 'Step' });
  private readonly run = createRenderer(RUN);
  private readonly rollouts = createRenderer(ROLLOUTS);
  private readonly bar = element('div', { class: 'evom-Bar', hidden: true });
  private connection: Connection | null = null;
  private isAsking = false;
  private isStale = false;
  private seen = '';

  constructor(place: RunPlace) {
    super();
    this.place = place;
    this.addClass('evom-RunContent');
    this.addClass('evom-View');
    this.bar.append(
      element('label', {}, 'Step ', this.steps),
      button('Show its rollouts', () => void this.showRollouts(Number(this.steps.value))),
    );
    const [said, bar] = [this.said, this.bar].map((node) => new Widget({ node: element('div', {}, node) }));
    const parts = place.step === null ? [this.run, bar, this.rollouts] : [bar, this.rollouts, this.run];
    for (const part of [said, ...parts]) if (part !== undefined) this.addWidget(part);
    this.run.hide();
    this.rollouts.hide();
    this.say('Waits for the notebook that this run is of, and its kernel.');
  }

  /** Null: nobody can be asked just now; what is drawn stays. */
  async connect(connection: Connection | null): Promise<void> {
    if (connection === this.connection) return;
    this.connection?.changed.disconnect(this.onChange, this);
    this.connection = connection;
    if (connection === null) return;
    connection.changed.connect(this.onChange, this);
    const isFirst = this.run.isHidden;
    if (isFirst) this.say('Reading …');
    if (isFirst && this.place.step !== null) void this.showRollouts(this.place.step);
    await this.refresh();
  }

  fail({ message }: Error): void {
    this.say(`This run cannot be read: ${message}`);
  }

  override dispose(): void {
    this.connection?.changed.disconnect(this.onChange, this);
    super.dispose();
  }

  /** Something was told; of this run, perhaps. */
  private onChange(): void {
    const { runs = [], session } = this.connection ?? {};
    const live = runs.find(({ folder }) => folder === this.place.folder);
    const stored = session?.folders.find(({ folder }) => folder === this.place.folder);
    const key = JSON.stringify([live, stored]);
    if (key === this.seen) return;
    this.seen = key;
    void this.refresh();
  }

  private async refresh(): Promise<void> {
    this.isStale = true;
    if (this.isAsking) return;
    this.isAsking = true;
    while (this.isStale && this.connection !== null && !this.isDisposed) {
      this.isStale = false;
      try {
        await this.draw(await this.connection.ask({ about: 'run', folder: this.place.folder }));
      } catch (error) {
        this.fail(error as Error);
      }
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
    this.isAsking = false;
  }

  private async draw(data: RunData): Promise<void> {
    this.say('');
    this.run.show();
    this.bar.hidden = data.steps.length === 0;
    this.showSteps(data.steps.map(({ index }) => String(index)));
    await this.run.renderModel(modelOf(RUN, data));
  }

  /** The newest is chosen until somebody chooses another. */
  private showSteps(steps: readonly string[]): void {
    const { value, options, selectedIndex } = this.steps;
    if (options.length === steps.length) return;
    const isNewest = selectedIndex === options.length - 1;
    this.steps.replaceChildren(...steps.map((step) => element('option', { value: step }, step)));
    const chosen = value === '' ? this.place.step : isNewest ? null : value;
    this.steps.value = String(chosen ?? steps.at(-1));
  }

  private async showRollouts(step: number): Promise<void> {
    if (this.connection === null) return;
    try {
      const question = { about: 'rollouts', folder: this.place.folder, step, limit: this.place.rows() } as const;
      const data = await this.connection.ask(question);
      this.rollouts.show();
      await this.rollouts.renderModel(modelOf(ROLLOUTS, data));
    } catch (error) {
      this.say(`The rollouts of step ${step} cannot be read: ${(error as Error).message}`);
    }
  }

  private say(text: string): void {
    this.said.textContent = oneLine(text, 400);
    this.said.hidden = text === '';
  }
}

/** What a notebook's output would hand to the same view. */
function modelOf<Type extends keyof EvomMimeTypes>(type: Type, data: EvomMimeTypes[Type]): IRenderMime.IMimeModel {
  return {
    trusted: false,
    data: { [type]: data } as unknown as IRenderMime.IMimeModel['data'],
    metadata: {},
    setData() {},
  };
}
