/** A child process for `sigkill.test.ts`: resumes a run and writes steps until it is killed, naming each finished one. */

import { openRunFolder } from '../../src/store/run-folder.ts';
import { sampleStep } from './sample-step.ts';

const store = await openRunFolder(process.argv[2]!);
process.stdout.write('open\n');
for (let index = await store.nextIndex(); ; index++) {
  await store.append(sampleStep(index, 300));
  process.stdout.write(`${index}\n`);
}
