/**
 * A fake policy with two moves, to write the reference program or to make a mistake, and one weight a solver: the
 * log-odds of the first. It is trained by the objectives' own loss and gradient, needs no weights, licence or network,
 * and ships with the library, so that loop, command line and notebooks can be tried and tested.
 *
 * What it writes depends on (seed, step, problem id, solver, sample) and on its weight, and on nothing else. A token is
 * a word with the white space before it. The first token carries the log-probability of the move; the others follow
 * from it, so theirs is 0; where it was a mistake, the second one carries which.
 *
 * Not covered: it understands nothing. Problems must be synthetic (`problems/synthetic`), or come with `programOf`.
 * Some mistakes, such as a constraint forgotten that did not bind, still earn a reward.
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DEFAULT_SAMPLING } from '../config.ts';
import { EvomError, expected } from '../errors.ts';
import { fold, integer, keyOf, uniform } from '../random.ts';
import { readCompletion } from '../reward/format.ts';
import type {
  Completion,
  GenerateOptions,
  Generation,
  Prompt,
  SamplingOptions,
  SolverName,
  TrainablePolicy,
  TrainingGroup,
  UpdateOptions,
} from '../types.ts';
import { lossOf } from '../update/loss.ts';
import { tokenWeights } from '../update/objective.ts';
import { MISTAKES, type Mistake, syntheticProgram } from './scripted-programs.ts';

export interface ScriptedOptions {
  /** Chance of the right program before any update, above 0 and below 1. Default 0.4. */
  readonly skill?: number;
  /** The reference program; null where none is known. Default: that of a synthetic problem. */
  readonly programOf?: (prompt: Prompt) => string | null;
  /** Log-odds by solver, as {@link createScriptedPolicy} saved them. */
  readonly logOdds?: Readonly<Partial<Record<SolverName, number>>>;
}

/** What {@link TrainablePolicy.save} writes into its folder. */
export const SCRIPTED_FILE = 'scripted.json';

/** A fake that learns. */
export interface ScriptedPolicy extends TrainablePolicy {
  /** Chance of the right program at temperature 1. */
  skillOf(solver: SolverName): number;
}

/**
 * An update moves the log-odds by this times the learning rate, in the direction that lowers the loss: signed descent,
 * which is what AdamW does in its first step. At 1e-4 that is 0.3.
 */
const PACE = 3000;

/** Beyond it 1 − chance would lose its digits. */
const MAX_LOG_ODDS = 12;

/** Ends a completion that was not cut short. */
const END_TOKEN = 0;

const THOUGHTS = [
  'First name what can be chosen.',
  'Each sentence about a limit is a constraint.',
  'The last sentence says what to make large or small.',
];

/** Makes one. The same options give the same policy. */
export function createScriptedPolicy(options: ScriptedOptions = {}): ScriptedPolicy {
  const { skill = 0.4, programOf = syntheticProgram } = options;
  checkSkill(skill);
  const start = Math.log(skill / (1 - skill));
  const logOdds: Partial<Record<SolverName, number>> = { ...options.logOdds };
  const oddsOf = (solver: SolverName): number => logOdds[solver] ?? start;
  return {
    name: 'scripted',
    skillOf: (solver) => chanceOf(oddsOf(solver), 1),
    async *generate(prompts, options = {}): AsyncGenerator<Generation> {
      const sampling: SamplingOptions = { ...DEFAULT_SAMPLING, ...options };
      for (let sampleIndex = 0; sampleIndex < sampling.samples; sampleIndex++) {
        for (const [promptIndex, prompt] of prompts.entries()) {
          await nextTurn();
          options.signal?.throwIfAborted();
          const completion = complete(prompt, programOf(prompt), oddsOf(prompt.solver), sampleIndex, sampling);
          stream(completion, options, promptIndex, sampleIndex);
          yield { promptIndex, sampleIndex, completion };
        }
      }
    },
    completionOf: (text) => completionOf(text, [], true, Number.POSITIVE_INFINITY),
    async update(groups, update) {
      const { statistics, slopes } = learn(groups, update, { programOf, oddsOf, start });
      for (const [solver, slope] of slopes) {
        const moved = oddsOf(solver) - PACE * update.learningRate * Math.sign(slope);
        logOdds[solver] = Math.min(Math.max(moved, -MAX_LOG_ODDS), MAX_LOG_ODDS);
      }
      return statistics;
    },
    async save(folder) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, SCRIPTED_FILE), `${JSON.stringify({ skill, logOdds })}\n`);
    },
    close: async () => {},
  };
}

/** Opens what `save` wrote. */
export async function openScriptedPolicy(
  folder: string,
  options: Pick<ScriptedOptions, 'programOf'> = {},
): Promise<ScriptedPolicy> {
  const path = join(folder, SCRIPTED_FILE);
  try {
    return createScriptedPolicy({ ...(JSON.parse(await readFile(path, 'utf8')) as ScriptedOptions), ...options });
  } catch (cause) {
    const next = 'Name a folder that a scripted policy was saved in.';
    throw new EvomError('policy', 'unreadable-policy', expected('folder', `one with ${SCRIPTED_FILE}`, folder, next), {
      cause,
    });
  }
}

function complete(
  prompt: Prompt,
  program: string | null,
  odds: number,
  sampleIndex: number,
  { seed, step, temperature, maxTokens, stop }: SamplingOptions,
): Completion {
  const key = fold(keyOf(seed), JSON.stringify([step, prompt.problem.id, prompt.solver, sampleIndex]));
  const isGreedy = temperature === 0;
  const right = isGreedy ? Number(odds >= 0) : chanceOf(odds, temperature);
  const isRight = program !== null && uniform(key, 'move') < right;
  const mistake = isGreedy ? MISTAKES[0] : mistakeOf(uniform(key, 'mistake'));
  const written = isRight ? program : mistake.write(program ?? '', prompt.solver);
  const whole = `<think>\n${thinking(prompt)}\n</think>\n${written.includes('```') ? written : `<code>\n${written.trim()}\n</code>`}`;
  const end = Math.min(...stop.map((mark) => whole.indexOf(mark)).filter((at) => at >= 0), whole.length);
  const logProbs = isRight || program === null ? [] : [0, isGreedy ? 0 : Math.log(mistake.share)];
  if (program !== null) logProbs[0] = Math.log(isRight ? right : 1 - right);
  return completionOf(whole.slice(0, end), logProbs, end === whole.length, maxTokens);
}

/** The text as tokens, at most `maxTokens`, the end token among them. `logProbs` are the first ones, the others are 0. */
function completionOf(text: string, logProbs: readonly number[], hasEnd: boolean, maxTokens: number): Completion {
  const words = wordsOf(text);
  const tokenIds = [...words.map((word) => fold([0, 0], word)[1] >>> 1 || 1), ...(hasEnd ? [END_TOKEN] : [])];
  const truncated = tokenIds.length > maxTokens;
  const kept = truncated ? tokenIds.slice(0, maxTokens) : tokenIds;
  return {
    text: truncated ? words.slice(0, maxTokens).join('') : text,
    tokenIds: kept,
    logProbs: kept.map((_, index) => logProbs[index] ?? 0),
    truncated,
  };
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

/** The same for every completion of a problem. */
function thinking({ problem }: Prompt): string {
  return THOUGHTS.slice(0, integer(keyOf(0), problem.id, 1, THOUGHTS.length)).join('\n');
}

/** The mistake at a point of [0, 1), by shares. */
function mistakeOf(point: number): Mistake {
  let rest = point;
  for (const mistake of MISTAKES) {
    rest -= mistake.share;
    if (rest < 0) return mistake;
  }
  return MISTAKES[0];
}

function stream({ text }: Completion, { onText }: GenerateOptions, promptIndex: number, sampleIndex: number): void {
  if (onText === undefined) return;
  for (const word of wordsOf(text)) onText(word, promptIndex, sampleIndex);
}

/** 1 / (1 + exp(−odds / T)) */
function chanceOf(logOdds: number, temperature: number): number {
  return 1 / (1 + Math.exp(-logOdds / temperature));
}

interface Learner {
  readonly programOf: (prompt: Prompt) => string | null;
  readonly oddsOf: (solver: SolverName) => number;
  /** Log-odds of the reference of the KL term: before any update. */
  readonly start: number;
}

/** The loss over all tokens, and its slope by each solver's log-odds, on which only the first tokens depend. */
function learn(
  groups: readonly TrainingGroup[],
  options: UpdateOptions,
  { programOf, oddsOf, start }: Learner,
): { readonly statistics: Record<string, number>; readonly slopes: ReadonlyMap<SolverName, number> } {
  const temperature = options.temperature === 0 ? 1 : options.temperature;
  const samples = groups.flatMap(({ prompt, samples }) => {
    const program = programOf(prompt)?.trim();
    return program === undefined ? [] : samples.map((sample) => ({ ...sample, solver: prompt.solver, program }));
  });
  const old = samples.flatMap(({ completion }) => completion.logProbs);
  const now = Float64Array.from(old);
  const reference = Float64Array.from(old);
  const slopes = new Map<SolverName, number>();
  const first: { readonly solver: SolverName; readonly at: number; readonly slope: number }[] = [];
  let at = 0;
  let entropy = 0;
  for (const { solver, program, completion } of samples) {
    const isRight = readCompletion(completion.text).program === program;
    const [chance, before] = [oddsOf(solver), start].map((odds) => chanceOf(odds, temperature)) as [number, number];
    now[at] = Math.log(isRight ? chance : 1 - chance);
    reference[at] = Math.log(isRight ? before : 1 - before);
    first.push({ solver, at, slope: (isRight ? 1 - chance : -chance) / temperature });
    entropy -= (chance * Math.log(chance) + (1 - chance) * Math.log(1 - chance)) / samples.length;
    at += completion.logProbs.length;
  }
  const lengths = samples.map(({ completion }) => completion.logProbs.length);
  const { gradient, ...told } = lossOf(
    {
      logProbs: now,
      oldLogProbs: old,
      referenceLogProbs: options.klWeight === 0 ? null : reference,
      advantages: samples.flatMap(({ advantage, completion }) => completion.logProbs.map(() => advantage)),
      weights: tokenWeights(options.objective, lengths, options.maxTokens),
    },
    options,
  );
  for (const { solver, at, slope } of first) {
    slopes.set(solver, (slopes.get(solver) ?? 0) + (gradient[at] as number) * slope);
  }
  return { statistics: { ...told, gradientNorm: Math.hypot(...slopes.values()), entropy }, slopes };
}

function checkSkill(skill: number): void {
  if (skill > 0 && skill < 1) return;
  const next = 'Take 0.4.';
  throw new EvomError('config', 'bad-skill', expected('skill', 'a number between 0 and 1', skill, next));
}
