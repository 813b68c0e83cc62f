import { Presets, SingleBar } from 'cli-progress';
import { wilsonInterval } from '../evaluate.ts';
import { renderTable } from '../text-table.ts';
import type { Step } from '../types.ts';

/** A share in percent with its interval: `45.3 % [39.0, 51.8]`. The interval counts problems, not samples. */
export function describeShare(share: number, problems: number): string {
  if (Number.isNaN(share)) return 'none';
  const { low, high } = wilsonInterval(share * problems, problems);
  return `${percent(share)} % [${percent(low)}, ${percent(high)}]`;
}

export function percent(share: number): string {
  return (100 * share).toFixed(1);
}

/** Problems that a step's accuracy rests on: groups with a rollout that is not masked. */
function problemsOf({ rollouts }: Step): number {
  const kept = rollouts.filter(({ reward }) => !reward.masked);
  return new Set(kept.map(({ problem, observation }) => `${observation.solver} ${problem.id}`)).size;
}

/** One line for a step that has just ended. */
export function describeStep(step: Step): string {
  const { accuracy = Number.NaN, rewardMean, loss, masked, validationAccuracy } = step.statistics;
  const parts = [`accuracy ${describeShare(accuracy, problemsOf(step))}`, `reward ${rounded(rewardMean)}`];
  parts.push(loss === undefined ? 'nothing to learn from' : `loss ${rounded(loss)}`);
  if (masked !== undefined && masked > 0) parts.push(`${masked} masked`);
  if (validationAccuracy !== undefined) parts.push(`validation ${percent(validationAccuracy)} %`);
  parts.push(`${secondsOf(step).toFixed(1)} s`);
  return parts.join(', ');
}

/** Generation, verification that was waited for, update and validation. */
function secondsOf({ statistics }: Step): number {
  return ['generate', 'verify', 'update', 'validation'].reduce(
    (sum, what) => sum + (statistics[`${what}Seconds`] ?? 0),
    0,
  );
}

export interface TrainProgress extends Disposable {
  show(step: Step): void;
}

/** A bar with the time left and the newest step on standard error; a line for each step where that is no terminal. */
export function trainProgress(done: number, steps: number): TrainProgress {
  if (!process.stderr.isTTY) {
    return { show: (step) => console.error(`step ${step.index}: ${describeStep(step)}`), [Symbol.dispose]() {} };
  }
  const format = '{bar} {value}/{total} steps · {eta_formatted} left · {line}';
  const bar = new SingleBar(
    { format, hideCursor: true, clearOnComplete: true, stopOnComplete: true, stream: process.stderr, barsize: 20 },
    Presets.shades_classic,
  );
  bar.start(steps, done, { line: 'the first step is under way' });
  return {
    show: (step) => bar.update(step.index + 1, { line: describeStep(step) }),
    [Symbol.dispose]: () => bar.stop(),
  };
}

/** Rows of the table at the end; more steps are averaged. */
const TABLE_ROWS = 12;

/** The run as a table, neighbouring steps pooled where there are many. */
export function renderSteps(steps: readonly Step[]): string {
  const size = Math.ceil(steps.length / TABLE_ROWS);
  const blocks = Array.from({ length: Math.ceil(steps.length / size) }, (_, at) =>
    steps.slice(at * size, (at + 1) * size),
  );
  const names = steps.flatMap(({ statistics }) => Object.keys(statistics));
  const solvers = [...new Set(names.filter((name) => name.startsWith('accuracy/')))].toSorted();
  const header = ['steps', 'accuracy', '95 % interval', ...solvers.map((name) => name.slice('accuracy/'.length))];
  const columns = ['reward', 'format', 'loss', 'masked', 'tokens', 'seconds'];
  return renderTable([[...header, ...columns], ...blocks.map((block) => blockRow(block, solvers))]);
}

function blockRow(block: readonly Step[], solvers: readonly string[]): string[] {
  const mean = (name: string): number => {
    const values = block.flatMap(({ statistics }) => statistics[name] ?? []).filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const sum = (name: string): number => block.reduce((total, { statistics }) => total + (statistics[name] ?? 0), 0);
  const { accuracy, problems } = pooledAccuracy(block);
  const { low, high } = wilsonInterval(accuracy * problems, problems);
  const [first, last] = [block[0]?.index ?? 0, block.at(-1)?.index ?? 0];
  return [
    first === last ? String(first) : `${first}–${last}`,
    share(accuracy),
    Number.isNaN(accuracy) ? '-' : `${percent(low)}–${percent(high)}`,
    ...solvers.map((name) => share(mean(name))),
    rounded(mean('rewardMean')),
    share(mean('formatRate')),
    rounded(mean('loss')),
    String(sum('masked')),
    String(Math.round(mean('completionTokens'))),
    block.reduce((total, step) => total + secondsOf(step), 0).toFixed(1),
  ];
}

/** Raw accuracy over all rollouts of some steps, and the problems that it rests on. */
export function pooledAccuracy(steps: readonly Step[]): { readonly accuracy: number; readonly problems: number } {
  const kept = steps.flatMap(({ rollouts }) => rollouts.filter(({ reward }) => !reward.masked));
  const hits = kept.filter(({ verdict }) => verdict === 'correct').length;
  return { accuracy: hits / kept.length, problems: steps.reduce((sum, step) => sum + problemsOf(step), 0) };
}

function share(value: number): string {
  return Number.isNaN(value) ? '-' : percent(value);
}

function rounded(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '-';
  // On-policy, the loss of a group-relative objective is 0 but for rounding; its gradient is not.
  if (Math.abs(value) < 1e-9) return '0.000';
  return Math.abs(value) < 1e-3 ? value.toExponential(1) : value.toFixed(3);
}
