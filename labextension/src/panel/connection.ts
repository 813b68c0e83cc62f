/**
 * One kernel's `evom.panel` comm, from the front end's side: what it told last, questions, and commands to its runs. The
 * comm is opened anew after a restart, and after a cell whose process had to be replaced. It is closed when the page goes
 * away, as the kernel would go on telling it.
 */

import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type {
  LiveRunData,
  PanelAnswers,
  PanelMessage,
  PanelOpening,
  PanelQuestion,
  PanelRequest,
  PanelTarget,
  RunCommand,
  SessionData,
} from '../../../kernel/spec/comm.ts';

const TARGET: PanelTarget = 'evom.panel';

interface Asked {
  readonly resolve: (answer: never) => void;
  readonly reject: (reason: Error) => void;
}

export class Connection implements IDisposable {
  private readonly kernel: Kernel.IKernelConnection;
  private readonly opening: () => PanelOpening;
  private readonly signal = new Signal<this, void>(this);
  private readonly asked = new Map<number, Asked>();
  private comm: Kernel.IComm | null = null;
  private count = 0;
  isDisposed = false;
  /** Null until it was heard of. */
  session: SessionData | null = null;
  runs: readonly LiveRunData[] = [];

  constructor(kernel: Kernel.IKernelConnection, opening: () => PanelOpening) {
    this.kernel = kernel;
    this.opening = opening;
    kernel.statusChanged.connect(this.onStatus, this);
    kernel.iopubMessage.connect(this.onMessage, this);
    window.addEventListener('pagehide', this.onPageHide);
    this.open();
  }

  get changed(): ISignal<this, void> {
    return this.signal;
  }

  /** Rejects with the kernel's reason, or where it is gone. */
  ask<About extends PanelQuestion['about']>(
    question: Extract<PanelQuestion, { about: About }>,
  ): Promise<PanelAnswers[About]> {
    const id = this.count++;
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      if (!this.send({ kind: 'ask', id, question })) this.forget('The kernel does not answer.');
    });
  }

  command(command: RunCommand, run: string): void {
    this.send({ kind: command, run });
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    Signal.clearData(this);
    window.removeEventListener('pagehide', this.onPageHide);
    this.close();
    this.forget('The kernel is gone.');
  }

  private open(): void {
    if (this.kernel.isDisposed || this.kernel.status === 'dead') return;
    const comm = this.kernel.createComm(TARGET);
    comm.onMsg = ({ content }) => this.hear(content.data as unknown as PanelMessage);
    comm.onClose = () => this.onLost();
    settle(comm.open({ ...this.opening() }));
    this.comm = comm;
  }

  private close(): void {
    const { comm, kernel } = this;
    this.comm = null;
    if (comm !== null && !comm.isDisposed && !kernel.isDisposed) settle(comm.close());
  }

  /** A page that comes back out of the browser's memory opens it anew after the next cell. */
  private readonly onPageHide = (): void => this.close();

  private onLost(): void {
    this.comm = null;
    this.runs = [];
    this.forget('The kernel has started anew.');
    this.signal.emit();
  }

  private send(request: PanelRequest): boolean {
    if (this.comm === null || this.comm.isDisposed) return false;
    settle(this.comm.send(request as unknown as JSONObject));
    return true;
  }

  private hear(message: PanelMessage): void {
    if (message.kind === 'session') this.session = message.session;
    if (message.kind === 'runs') this.runs = message.runs;
    if (message.kind === 'answer' || message.kind === 'refused') {
      const asked = this.asked.get(message.id);
      this.asked.delete(message.id);
      if (message.kind === 'answer') asked?.resolve(message.answer as never);
      else asked?.reject(new Error(message.reason));
    } else {
      this.signal.emit();
    }
  }

  private forget(reason: string): void {
    for (const { reject } of this.asked.values()) reject(new Error(reason));
    this.asked.clear();
  }

  private onStatus(_: unknown, status: Kernel.Status): void {
    if (status === 'restarting' || status === 'autorestarting' || status === 'dead') this.onLost();
    else if (status === 'idle' && this.comm === null) this.open();
  }

  /** After each cell. A comm that its process does not know is closed by the kernel, and opened anew after the next. */
  private onMessage(_: unknown, { header, parent_header: parent, content }: KernelMessage.IIOPubMessage): void {
    if (header.msg_type !== 'status' || (parent as Partial<KernelMessage.IHeader>).msg_type !== 'execute_request')
      return;
    if ((content as { execution_state?: string }).execution_state !== 'idle') return;
    if (this.comm === null) this.open();
    else this.send({ kind: 'refresh' });
  }
}

/** A message that a restart cuts off is told of by `onLost`, not by an error that nobody awaits. */
function settle({ done }: Kernel.IShellFuture): void {
  done.catch(() => {});
}
