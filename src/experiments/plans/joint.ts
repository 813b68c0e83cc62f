import type { Experiment } from '../experiment.ts';
import { rlArm, sourceArms } from './arms.ts';

/** Several solvers at once. The paper says that it works and gives no figure to hold it by, so that nothing is claimed. */
export const joint: Experiment = {
  name: 'joint',
  title: 'Joint training on two solvers',
  question: 'Does training on two solvers by turns teach both, beside training on one for as many steps?',
  arms(preset) {
    const solvers = [preset.source, preset.target];
    const arms = sourceArms(preset, solvers, false).filter(({ name }) => name !== 'sft');
    const [base = null] = arms;
    const placed = { name: 'joint', label: `RL on ${solvers.join(' and ')}`, from: base, judgedOn: solvers };
    return [...arms, rlArm(preset, placed, { solvers })];
  },
  claims: () => [],
};
