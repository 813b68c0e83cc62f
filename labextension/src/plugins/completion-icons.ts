/**
 * Icons of an EVOM kernel's completions, by their kinds. JupyterLab draws an icon where a completion brings one, and the
 * first letter of its kind otherwise; what the kernel says holds kinds alone. So the provider that asks the kernel is
 * replaced by one that adds them. Completions of other kernels stay as they are.
 */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  type CompletionHandler,
  CompletionProviderManager,
  type ICompletionContext,
  ICompletionProviderManager,
  KernelCompleterProvider,
} from '@jupyterlab/completer';
import { isEvom } from '../panel/evom-kernel.ts';
import { completionIcon } from './completion-icons/icons.ts';

export const completionIcons: JupyterFrontEndPlugin<void> = {
  id: '@evom/labextension:completion-icons',
  description: 'Icons of completions.',
  autoStart: true,
  optional: [ICompletionProviderManager],
  activate: ({ started }: JupyterFrontEnd, manager: ICompletionProviderManager | null) => {
    if (!(manager instanceof CompletionProviderManager)) return;
    // JupyterLab's own provider is there by then, and no notebook is yet; whoever switched it off stays without it.
    void started.then(() => {
      const provider = new IconProvider();
      const providers = manager.getProviders();
      if (providers.has(provider.identifier)) providers.set(provider.identifier, provider);
    });
  },
};

class IconProvider extends KernelCompleterProvider {
  override async fetch(
    request: CompletionHandler.IRequest,
    context: ICompletionContext,
  ): Promise<CompletionHandler.ICompletionItemsReply> {
    const reply = await super.fetch(request, context);
    const kernel = context.session?.kernel;
    if (!kernel || !(await isEvom(kernel))) return reply;
    return { ...reply, items: reply.items.map((item) => ({ ...item, ...completionIcon(item.type) })) };
  }
}
