/** The open notebooks whose kernel is EVOM's, each with its connection. Knows notebooks by their shape alone. */

import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Kernel } from '@jupyterlab/services';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import type { PanelOpening } from '../../../kernel/spec/comm.ts';
import { Connection } from './connection.ts';
import { isEvom } from './evom-kernel.ts';

export interface EvomSession {
  readonly notebook: Widget;
  /** Of the notebook, as JupyterLab's file browser has it. */
  readonly path: string;
  readonly connection: Connection;
}

export class Sessions {
  private readonly opening: () => PanelOpening;
  private readonly signal = new Signal<this, void>(this);
  private readonly opened = new Map<Widget, EvomSession>();
  private readonly watched = new WeakSet<Widget>();
  private lookedAt: Widget | null = null;

  constructor(opening: () => PanelOpening) {
    this.opening = opening;
  }

  /** There are others, or one of them has told something. */
  get changed(): ISignal<this, void> {
    return this.signal;
  }

  get all(): readonly EvomSession[] {
    return [...this.opened.values()];
  }

  /** Of the notebook that was looked at last, or of any. */
  get current(): EvomSession | null {
    return this.of(this.lookedAt) ?? this.all[0] ?? null;
  }

  of(notebook: Widget | null): EvomSession | null {
    return (notebook && this.opened.get(notebook)) ?? null;
  }

  at(path: string): EvomSession | null {
    return this.all.find((session) => session.path === path) ?? null;
  }

  look(widget: Widget | null): void {
    if (widget === null || widget === this.lookedAt || !this.watched.has(widget)) return;
    this.lookedAt = widget;
    this.signal.emit();
  }

  /** From now until the notebook is closed, through every change of its kernel. */
  watch(notebook: Widget, { sessionContext, path }: DocumentRegistry.Context): void {
    this.watched.add(notebook);
    const take = (): void => void this.take(notebook, path, sessionContext.session?.kernel ?? null);
    sessionContext.kernelChanged.connect(take);
    notebook.disposed.connect(() => this.drop(notebook));
    take();
  }

  private async take(notebook: Widget, path: string, kernel: Kernel.IKernelConnection | null): Promise<void> {
    this.drop(notebook);
    if (kernel === null || !(await isEvom(kernel)) || kernel.isDisposed || notebook.isDisposed) return;
    this.drop(notebook);
    const connection = new Connection(kernel, this.opening);
    connection.changed.connect(() => this.signal.emit());
    this.opened.set(notebook, { notebook, path, connection });
    this.signal.emit();
  }

  private drop(notebook: Widget): void {
    const session = this.opened.get(notebook);
    if (session === undefined) return;
    this.opened.delete(notebook);
    session.connection.dispose();
    this.signal.emit();
  }
}
