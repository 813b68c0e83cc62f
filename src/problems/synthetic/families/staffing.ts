/** Staff overlapping shifts so that every part of the day is covered at the least pay. Optimum by enumeration. */

import { chance, integer, integers, sample } from '../../../random.ts';
import { bestIntegers } from '../best-integers.ts';
import type { Family } from '../family.ts';
import { DAY_PARTS, SHIFTS } from '../lexicon.ts';
import { atLeast, atMost, coefficientsOf, row, variable } from '../model.ts';

type Shift = { readonly shift: string; readonly parts: readonly { readonly part: string }[]; readonly pay: number };

type Staffing = {
  readonly shift: readonly Shift[];
  readonly need: readonly { readonly need: number; readonly part: string }[];
  /** At most so many people on a shift. */
  readonly limit: readonly { readonly amount: number; readonly shift: string }[];
};

export const staffing: Family<Staffing> = {
  name: 'staffing',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const count = difficulty + 1;
    const first = integer(key, 'first', 0, DAY_PARTS.length - count - 1);
    const parts = DAY_PARTS.slice(first, first + count + 1);
    const names = sample(key, 'names', SHIFTS, count);
    const pays = integers(key, 'pays', count, 40, 99);
    const needs = integers(key, 'needs', parts.length, 3, 12);
    const shift = names.map((name, index): Shift => {
      const length = chance(key, `long ${index}`, 0.3) ? 3 : 2;
      return {
        shift: name,
        parts: parts.slice(index, index + length).map((part) => ({ part })),
        pay: pays[index] as number,
      };
    });
    const onlyFirst = needs[0] as number;
    const limit =
      aim === 'infeasible'
        ? [{ amount: integer(key, 'few', 2, onlyFirst - 1), shift: names[0] as string }]
        : difficulty > 1 && chance(key, 'limit', 0.5)
          ? [{ amount: integer(key, 'limit amount', onlyFirst, 13), shift: names[0] as string }]
          : [];
    return { shift, need: parts.map((part, index) => ({ need: needs[index] as number, part })), limit };
  },

  model({ shift, need, limit }) {
    const names = shift.map(({ shift: name }) => name);
    return {
      variables: names.map((name) => variable(`${name} shift`, 'integer')),
      objective: { sense: 'minimize', terms: row(shift.map(({ pay }) => pay)), offset: 0 },
      constraints: [
        ...need.map((entry) =>
          atLeast(row(shift.map(({ parts }) => (parts.some(({ part }) => part === entry.part) ? 1 : 0))), entry.need),
        ),
        ...limit.map(({ amount, shift: name }) => atMost(coefficientsOf(names, { [name]: 1 }), amount)),
      ],
    };
  },

  optimum({ shift, need, limit }) {
    const most = Math.max(...need.map((entry) => entry.need));
    const best = bestIntegers({
      gains: shift.map(({ pay }) => -pay),
      rows: need.map((entry) => ({
        coefficients: shift.map(({ parts }) => -parts.filter(({ part }) => part === entry.part).length),
        atMost: -entry.need,
      })),
      lower: shift.map(() => 0),
      upper: shift.map(({ shift: name }) =>
        Math.min(most, ...limit.filter((entry) => entry.shift === name).map(({ amount }) => amount)),
      ),
    });
    return best === null ? 'infeasible' : -best;
  },

  wordings: {
    shift: {
      told: 'each',
      training: [
        'A {?staff} on the {shift:mass} shift works {parts*<part:mass>} for {pay:dollar}.',
        'The {shift:mass} shift covers {parts*<part:mass>} and pays {pay:dollar} to each {?staff}.',
        'Each {?staff} on the {shift:mass} shift gets {pay:dollar} for {parts*<part:mass>}.',
        'For {pay:dollar} a {?staff} works {parts*<part:mass>} on the {shift:mass} shift.',
        'The {shift:mass} shift is there for {parts*<part:mass>} and costs {pay:dollar} per {?staff}.',
        'A {?staff} gets {pay:dollar} for the {shift:mass} shift with {parts*<part:mass>}.',
        'With the {shift:mass} shift a {?staff} covers {parts*<part:mass>} for {pay:dollar}.',
        'Each {?staff} who takes the {shift:mass} shift is there for {parts*<part:mass>} and gets {pay:dollar}.',
        'For {pay:dollar} each {?staff} on the {shift:mass} shift covers {parts*<part:mass>}.',
        'Paid {pay:dollar}, a {?staff} with the {shift:mass} shift works {parts*<part:mass>}.',
        'The pay of a {?staff} is {pay:dollar} for the {shift:mass} shift with {parts*<part:mass>}.',
        'For {pay:dollar} a {?staff} takes the {shift:mass} shift with {parts*<part:mass>}.',
        'Each {?staff} with the {shift:mass} shift gets {pay:dollar} and is there for {parts*<part:mass>}.',
      ],
      heldOut: [
        'A {?staff} works {parts*<part:mass>} on the {shift:mass} shift and gets {pay:dollar}.',
        'For the {shift:mass} shift each {?staff} gets {pay:dollar} and covers {parts*<part:mass>}.',
        'For {parts*<part:mass>} on the {shift:mass} shift the pay is {pay:dollar} per {?staff}.',
      ],
    },
    need: {
      told: 'each',
      training: [
        'At least {need:int} {?staff:many} are needed for the {part:mass}.',
        'The {part:mass} needs at least {need:int} {?staff:many}.',
        'No fewer than {need:int} {?staff:many} are needed for the {part:mass}.',
        'For the {part:mass} at least {need:int} {?staff:many} are required.',
        'The {part:mass} needs {need:int} {?staff:many} or more.',
        'At least {need:int} {?staff:many} must be there for the {part:mass}.',
        'For the {part:mass} no fewer than {need:int} {?staff:many} must work.',
        'For the {part:mass} {need:int} {?staff:many} or more must work.',
        'No fewer than {need:int} {?staff:many} are required for the {part:mass}.',
        'No fewer than {need:int} {?staff:many} must be there for the {part:mass}.',
        'For the {part:mass} {need:int} {?staff:many} or more are required.',
      ],
      heldOut: [
        'The number of {?staff:many} for the {part:mass} must be {need:int} or more.',
        'The {part:mass} must have no fewer than {need:int} {?staff:many}.',
      ],
    },
    limit: {
      told: 'each',
      training: [
        'At most {amount:int} {?staff:many} can take the {shift:mass} shift.',
        'The {shift:mass} shift must not have more than {amount:int} {?staff:many}.',
      ],
      heldOut: [
        'No more than {amount:int} {?staff:many} can work on the {shift:mass} shift.',
        'For the {shift:mass} shift the number of {?staff:many} is limited to {amount:int}.',
      ],
    },
    goal: {
      told: 'once',
      training: [
        'How many whole people on each shift minimize the total pay?',
        'Find the whole number of people on each shift with the lowest total pay.',
        'Only whole people can work: find the lowest total pay.',
        'How low can the total pay be in whole people?',
        'Which plan with whole people is cheapest in pay?',
        'Only whole people can be hired: which plan is cheapest in total pay?',
        'In whole people, how low can the total pay be?',
      ],
      heldOut: [
        'What is the lowest total pay with whole people on each shift?',
        'With a whole number of people on each shift, how low can the total pay be?',
        'Find the plan with the lowest total pay if only whole people are hired.',
      ],
    },
  },
};
