/** Spread jobs over equal machines so that the last one ends as early as possible. Optimum by trying every spread. */

import { integer, integers } from '../../../random.ts';
import type { Family } from '../family.ts';
import { LETTERS } from '../lexicon.ts';
import { atMost, equals, range, sumOf, type Term, total, variable } from '../model.ts';

type Scheduling = {
  readonly machines: { readonly machines: number };
  readonly job: readonly { readonly job: string; readonly time: number }[];
  readonly deadline: { readonly deadline: number } | null;
};

export const scheduling: Family<Scheduling> = {
  name: 'scheduling',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const machines = difficulty === 3 ? 3 : 2;
    const times = integers(key, 'times', difficulty + 2, 1, 20);
    const least = Math.max(Math.max(...times), Math.ceil(total(times) / machines));
    return {
      machines: { machines },
      job: times.map((time, index) => ({ job: LETTERS[index] as string, time })),
      deadline: aim === 'infeasible' ? { deadline: Math.max(1, least - integer(key, 'missing', 1, 3)) } : null,
    };
  },

  /** Variables: a binary per job and machine, then the time when all is done. */
  model({ machines, job, deadline }) {
    const count = machines.machines;
    const end = job.length * count;
    return {
      variables: [
        ...job.flatMap(({ job: name }) =>
          range(count).map((machine) => variable(`${name} on ${machine + 1}`, 'binary')),
        ),
        variable('end', 'continuous'),
      ],
      objective: { sense: 'minimize', terms: [[1, end]], offset: 0 },
      constraints: [
        ...job.map((_, index) => equals(sumOf(range(count).map((machine) => index * count + machine)), 1)),
        ...range(count).map((machine) => {
          const busy = job.map(({ time }, index): Term => [time, index * count + machine]);
          return atMost([...busy, [-1, end]], 0);
        }),
        ...(deadline ? [atMost([[1, end]], deadline.deadline)] : []),
      ],
    };
  },

  optimum({ machines, job, deadline }) {
    const spread = (next: number, busy: readonly number[]): number => {
      const time = job[next]?.time;
      if (time === undefined) return Math.max(...busy);
      return Math.min(
        ...busy.map((_, machine) =>
          spread(
            next + 1,
            busy.map((hours, other) => (other === machine ? hours + time : hours)),
          ),
        ),
      );
    };
    const best = spread(
      0,
      range(machines.machines).map(() => 0),
    );
    return best > (deadline?.deadline ?? best) ? 'infeasible' : best;
  },

  wordings: {
    machines: {
      told: 'once',
      training: [
        'There are {machines:int} equal {?machine:many}.',
        'The {?business} has {machines:int} equal {?machine:many}.',
      ],
      heldOut: [
        'The work is done by {machines:int} {?machine:many} of the same kind.',
        'All {machines:int} {?machine:many} work at the same speed.',
      ],
    },
    job: {
      told: 'each',
      training: ['Job {job:name} takes {time:hour}.', 'The time for job {job:name} is {time:hour}.'],
      heldOut: ['It takes {time:hour} to run job {job:name}.', 'Job {job:name} needs {time:hour} of machine time.'],
    },
    deadline: {
      told: 'maybe',
      training: ['All jobs must be done within {deadline:hour}.'],
      heldOut: ['No job may end later than {deadline:hour} after the start.'],
    },
    goal: {
      told: 'once',
      training: [
        'Each job runs whole on one of them: minimize the hours until all jobs are done.',
        'If each whole job runs on one of them, what is the lowest number of hours until all jobs are done?',
      ],
      heldOut: [
        'No job can be split, all stay whole: how early in hours can the last one end?',
        'Give every whole job to one of them so that the last ends after the smallest number of hours.',
      ],
    },
  },
};
