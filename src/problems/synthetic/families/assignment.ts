/** One person for each job at the least total time. Optimum by trying every permutation. */

import { chance, fold, integers, pick, sample } from '../../../random.ts';
import type { Family } from '../family.ts';
import { PEOPLE, TRADES } from '../lexicon.ts';
import { equals, row, sumOf, variable } from '../model.ts';

type Time = { readonly time: number; readonly job: string };
type Worker = { readonly person: string; readonly times: readonly Time[] };

type Assignment = {
  readonly worker: readonly Worker[];
  /** Pairs that are ruled out, whatever their time. */
  readonly ban: readonly { readonly person: string; readonly job: string }[];
};

export const assignment: Family<Assignment> = {
  name: 'assignment',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const size = aim === 'infeasible' ? Math.max(3, difficulty + 1) : difficulty + 1;
    const people = sample(key, 'people', PEOPLE, size);
    const jobs = sample(key, 'jobs', TRADES, size);
    const ban =
      aim === 'infeasible'
        ? people.slice(0, 2).flatMap((person) => jobs.slice(1).map((job) => ({ person, job })))
        : difficulty > 1 && chance(key, 'ban', 0.5)
          ? [{ person: pick(key, 'who', people), job: pick(key, 'what', jobs) }]
          : [];
    return {
      worker: people.map((person) => {
        const times = integers(fold(key, person), 'times', size, 1, 20);
        return { person, times: jobs.map((job, index) => ({ time: times[index] as number, job })) };
      }),
      ban,
    };
  },

  model({ worker, ban }) {
    const pairs = worker.flatMap(({ person, times }) => times.map(({ time, job }) => ({ person, time, job })));
    const where = (test: (pair: (typeof pairs)[number]) => boolean): readonly number[] =>
      pairs.flatMap((pair, index) => (test(pair) ? [index] : []));
    return {
      variables: pairs.map(({ person, job }) => variable(`${person} ${job}`, 'binary')),
      objective: { sense: 'minimize', terms: row(pairs.map(({ time }) => time)), offset: 0 },
      constraints: [
        ...worker.map(({ person }) => equals(sumOf(where((pair) => pair.person === person)), 1)),
        ...jobsOf(worker).map((job) => equals(sumOf(where((pair) => pair.job === job)), 1)),
        ...ban.map(({ person, job }) => equals(sumOf(where((pair) => pair.person === person && pair.job === job)), 0)),
      ],
    };
  },

  optimum({ worker, ban }) {
    const jobs = jobsOf(worker);
    const cheapest = (person: number, free: readonly string[]): number => {
      const entry = worker[person];
      if (!entry) return free.length === 0 ? 0 : Infinity;
      const isBanned = (job: string): boolean => ban.some((pair) => pair.person === entry.person && pair.job === job);
      const able = entry.times.filter(({ job }) => free.includes(job) && !isBanned(job));
      return Math.min(
        Infinity,
        ...able.map(
          ({ time, job }) =>
            time +
            cheapest(
              person + 1,
              free.filter((other) => other !== job),
            ),
        ),
      );
    };
    const best = cheapest(0, jobs);
    return best === Infinity ? 'infeasible' : best;
  },

  wordings: {
    worker: {
      told: 'each',
      training: [
        '{person:name} needs {times*<time:hour> for <job:mass>}.',
        '{person:name} would take {times*<time:hour> for <job:mass>}.',
        'The work of {person:name} lasts {times*<time:hour> for <job:mass>}.',
        'For {person:name} the time is {times*<time:hour> for <job:mass>}.',
        'The time that {person:name} needs is {times*<time:hour> for <job:mass>}.',
        '{person:name} works {times*<time:hour> for <job:mass>}.',
        'It takes {person:name} {times*<time:hour> for <job:mass>}.',
        'For {person:name} it takes {times*<time:hour> for <job:mass>}.',
        'The time of work for {person:name} is {times*<time:hour> for <job:mass>}.',
        'The work takes {person:name} {times*<time:hour> for <job:mass>}.',
        'For {person:name} the hours are {times*<time:hour> for <job:mass>}.',
        '{person:name} does the work in {times*<time:hour> for <job:mass>}.',
        'The work of {person:name} takes {times*<time:hour> for <job:mass>}.',
        'The time of {person:name} is {times*<time:hour> for <job:mass>}.',
        'For {person:name} the work lasts {times*<time:hour> for <job:mass>}.',
      ],
      heldOut: [
        'If done by {person:name}, the work takes {times*<time:hour> for <job:mass>}.',
        'A job given to {person:name} lasts {times*<time:hour> for <job:mass>}.',
        'It takes {times*<time:hour> for <job:mass>} if {person:name} does the work.',
      ],
    },
    ban: {
      told: 'each',
      training: [
        '{person:name} is not allowed to do the {job:mass}.',
        'The {job:mass} must not be given to {person:name}.',
      ],
      heldOut: [
        'The {job:mass} can not be done by {person:name}.',
        'It is not allowed to give the {job:mass} to {person:name}.',
      ],
    },
    goal: {
      told: 'once',
      training: [
        'Each person does exactly one whole job, each job is done by exactly one person: minimize the total time.',
        'With exactly one whole job for each person and one person for each job, what is the lowest total time?',
        'The jobs go whole to different people and everyone gets one: minimize the sum of the times.',
        'Match each person with one whole job so that the total time is least.',
        'Every whole job goes to a different person: what is the smallest total time?',
        'Give each job whole to one person, one job to everyone, with the least sum of the times.',
        'People and whole jobs are matched one to one: how low can the total time be?',
        'With the jobs whole and one for everyone, find the smallest sum of the times.',
        'Every job goes whole to a different person and everyone gets one: find the least total time.',
        'Match people and whole jobs one to one so that the sum of the times is smallest.',
      ],
      heldOut: [
        'How low can the sum of the times be if everyone does exactly one whole job and each job is given to one person?',
        'Find the smallest total time with each whole job given to a different person and one job to everyone.',
        'Give everyone exactly one whole job, a different one to each, to minimize the sum of the times.',
      ],
    },
  },
};

/** The jobs in the order of the text. */
function jobsOf(worker: readonly Worker[]): readonly string[] {
  return [...new Set(worker.flatMap(({ times }) => times.map(({ job }) => job)))];
}
