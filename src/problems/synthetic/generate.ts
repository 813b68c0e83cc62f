/**
 * Seeded word problems with known answers, for tests, notebooks and the tiny policy.
 *
 * Problem `index` of a seed is a pure function of (seed, index, family, difficulty, answer kind, split): neither the
 * size of the batch nor its other members change it. The answer is the optimum by the family's own method; that
 * HiGHS finds the same on the model is tested, not repeated here, which keeps generation synchronous and fast.
 */

import { EvomError, expected } from '../../errors.ts';
import { chance, fold, integer, type Key, keyOf, pick, uniform } from '../../random.ts';
import type { Problem } from '../../types.ts';
import { FAMILIES } from './families.ts';
import type { AnswerKind, Difficulty, Family, Story } from './family.ts';
import type { Model, Optimum } from './model.ts';
import { tell } from './story.ts';
import { type Split, write } from './wording.ts';

/** A word problem with its model. Plain data: it can be stored, sent to a worker and compared. */
export interface SyntheticProblem extends Problem {
  readonly answer: Optimum;
  readonly family: string;
  readonly difficulty: Difficulty;
  readonly split: Split;
  /** What the text says; {@link writeProgram} turns it into a reference program. */
  readonly model: Model;
}

export interface GenerateOptions {
  /** Any safe integer. */
  readonly seed: number;
  readonly count: number;
  /** `train`: the training half of the wordings, without the held-out families. `held-out`: the other half, and they. */
  readonly split: Split;
  /** Names of families; default: all that the split has. */
  readonly families?: readonly string[];
  /** Default: 1, 2 and 3, equally often. */
  readonly difficulty?: Difficulty;
  /** Kinds of answer; default: all, of which nine in ten are numbers. */
  readonly answers?: readonly AnswerKind[];
  /** Index of the first problem; default 0. */
  readonly start?: number;
}

/** How often the generator draws again before it calls itself broken. */
const ATTEMPTS = 100;

/** `count` problems, from index `start` on. Throws `problem/unknown-family` and `problem/held-out-family`. */
export function generateProblems(options: GenerateOptions): readonly SyntheticProblem[] {
  const families = familiesOf(options);
  const root = keyOf(options.seed);
  const start = options.start ?? 0;
  return Array.from({ length: options.count }, (_, offset) => {
    const index = start + offset;
    const choice = fold(root, `choice ${index}`);
    const family = pick(choice, 'family', families);
    const difficulty = options.difficulty ?? (integer(choice, 'difficulty', 1, 3) as Difficulty);
    return generateProblem({ ...options, index, family, difficulty, aim: aimOf(family, choice, options.answers) });
  });
}

interface Order {
  readonly seed: number;
  readonly index: number;
  readonly split: Split;
  readonly family: Family;
  readonly difficulty: Difficulty;
  readonly aim: AnswerKind;
}

function generateProblem({ seed, index, split, family, difficulty, aim }: Order): SyntheticProblem {
  const id = [family.name, difficulty, aim, split, seed, index].join('-');
  const key = fold(keyOf(seed), id);
  const { story, answer } = drawn(family, difficulty, aim, key);
  const asides = chance(key, 'asides', 0.2 + 0.2 * difficulty)
    ? integer(key, 'aside count', 1, difficulty === 3 ? 2 : 1)
    : 0;
  return {
    id,
    text: write(family, tell(family, story), split, asides, fold(key, 'text')),
    answer,
    source: `synthetic/${family.name}`,
    family: family.name,
    difficulty,
    split,
    model: family.model(story),
  };
}

/** Data whose optimum is of the kind asked for; an optimum of 0 is drawn again, because relative errors need a scale. */
function drawn(family: Family, difficulty: Difficulty, aim: AnswerKind, key: Key): { story: Story; answer: Optimum } {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const story = family.draw(fold(key, `attempt ${attempt}`), difficulty, aim);
    const answer = family.optimum(story);
    if (aim === 'number' ? typeof answer === 'number' && answer !== 0 : answer === aim) return { story, answer };
  }
  throw new EvomError(
    'problem',
    'generator-stuck',
    `Expected family \`${family.name}\` to draw a problem with answer \`${aim}\` in ${ATTEMPTS} attempts, got none. Report this as a bug.`,
  );
}

/** Where several kinds are allowed: a number nine times in ten, else one of the others. */
function aimOf(family: Family, choice: Key, wanted: readonly AnswerKind[] = family.answers): AnswerKind {
  const kinds = family.answers.filter((kind) => wanted.includes(kind));
  const others = kinds.filter((kind) => kind !== 'number');
  const isNumber = kinds.length > others.length && (others.length === 0 || uniform(choice, 'answer') < 0.9);
  return isNumber ? 'number' : pick(choice, 'other answer', others);
}

function familiesOf({ families, split, answers }: GenerateOptions): readonly Family[] {
  const isOpen = (family: Family): boolean => split === 'held-out' || !family.isHeldOut;
  const named = families?.map((name) => {
    const family = FAMILIES.find((candidate) => candidate.name === name);
    const names = FAMILIES.filter(isOpen)
      .map((candidate) => candidate.name)
      .join(', ');
    if (!family)
      throw new EvomError(
        'problem',
        'unknown-family',
        expected('families', `among ${names}`, name, 'Correct the name.'),
      );
    if (!isOpen(family)) {
      throw new EvomError(
        'problem',
        'held-out-family',
        expected('families', `among ${names}`, name, "It is kept out of training; use split 'held-out'."),
      );
    }
    return family;
  });
  const open = (named ?? FAMILIES.filter(isOpen)).filter(
    (family) => !answers || family.answers.some((kind) => answers.includes(kind)),
  );
  if (open.length === 0) {
    throw new EvomError(
      'problem',
      'no-family',
      expected('answers', 'kinds that some chosen family has', answers, 'Choose other kinds or families.'),
    );
  }
  return open;
}
