import { openRunFolder } from '../../src/store/run-folder.ts';
import type { Step } from '../../src/types.ts';

/** The steps of a run without what a clock decides. */
export async function stepsOf(path: string): Promise<unknown[]> {
  const store = await openRunFolder(path, 'read');
  const steps = await Promise.all((await store.indices()).map((index) => store.read(index)));
  await store.close();
  return steps.map(({ index, rollouts, statistics }: Step) => ({
    index,
    rollouts: rollouts.map(({ problem, completion, verdict, reward, advantage }) => ({
      ...{ id: problem.id, completion, verdict, reward, advantage },
    })),
    statistics: Object.entries(statistics).filter(([name]) => !name.endsWith('Seconds') && name !== 'cached'),
  }));
}
