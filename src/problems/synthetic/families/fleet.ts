/** Hire whole vehicles that carry enough at the least cost. Optimum by enumeration. */

import { chance, integer, integers, sample } from '../../../random.ts';
import { bestIntegers } from '../best-integers.ts';
import type { Family } from '../family.ts';
import { plural, VEHICLES } from '../lexicon.ts';
import { atLeast, atMost, coefficientsOf, row, total, variable } from '../model.ts';

type Quota = { readonly amount: number; readonly vehicle: string };

type Fleet = {
  readonly vehicle: readonly { readonly vehicle: string; readonly load: number; readonly cost: number }[];
  readonly need: { readonly need: number };
  readonly ceiling: readonly Quota[];
  readonly floor: readonly Quota[];
};

export const fleet: Family<Fleet> = {
  name: 'fleet',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const vehicles = sample(key, 'vehicles', VEHICLES, difficulty + 1);
    const loads = integers(key, 'loads', vehicles.length, 3, 25);
    const costs = integers(key, 'costs', vehicles.length, 5, 60);
    const limited =
      aim === 'infeasible' ? vehicles : sample(key, 'limited', vehicles, chance(key, 'ceiling', 0.6) ? difficulty : 0);
    const ceiling = limited.map((vehicle) => ({ amount: integer(key, vehicle, 2, 8), vehicle }));
    const most = total(ceiling.map(({ amount, vehicle }) => amount * (loads[vehicles.indexOf(vehicle)] as number)));
    return {
      vehicle: vehicles.map((vehicle, index) => ({
        vehicle,
        load: loads[index] as number,
        cost: costs[index] as number,
      })),
      need: {
        need:
          aim === 'infeasible' ? most + integer(key, 'excess', 1, 30) : integer(key, 'need', 30, 120 + 30 * difficulty),
      },
      ceiling,
      floor:
        aim === 'number' && chance(key, 'floor', 0.3)
          ? [{ amount: integer(key, 'least', 1, 2), vehicle: vehicles[0] as string }]
          : [],
    };
  },

  model({ vehicle, need, ceiling, floor }) {
    const names = vehicle.map(({ vehicle: name }) => name);
    return {
      variables: names.map((name) => variable(plural(name), 'integer')),
      objective: { sense: 'minimize', terms: row(vehicle.map(({ cost }) => cost)), offset: 0 },
      constraints: [
        atLeast(row(vehicle.map(({ load }) => load)), need.need),
        ...ceiling.map(({ amount, vehicle: name }) => atMost(coefficientsOf(names, { [name]: 1 }), amount)),
        ...floor.map(({ amount, vehicle: name }) => atLeast(coefficientsOf(names, { [name]: 1 }), amount)),
      ],
    };
  },

  optimum({ vehicle, need, ceiling, floor }) {
    const quotas = (list: readonly Quota[], name: string): readonly number[] =>
      list.filter((quota) => quota.vehicle === name).map(({ amount }) => amount);
    const lower = vehicle.map(({ vehicle: name }) => Math.max(0, ...quotas(floor, name)));
    const best = bestIntegers({
      gains: vehicle.map(({ cost }) => -cost),
      rows: [{ coefficients: vehicle.map(({ load }) => -load), atMost: -need.need }],
      lower,
      upper: vehicle.map(({ vehicle: name, load }, index) =>
        Math.min(...quotas(ceiling, name), Math.max(lower[index] as number, Math.ceil(need.need / load))),
      ),
    });
    return best === null ? 'infeasible' : -best;
  },

  wordings: {
    vehicle: {
      told: 'each',
      training: [
        'Each {vehicle:one} carries {load:ton} and costs {cost:dollar}.',
        'Hiring {vehicle:a} for {load:ton} costs {cost:dollar}.',
        'One {vehicle:one} can carry {load:ton} for {cost:dollar}.',
        'For {cost:dollar} {vehicle:a} carries {load:ton}.',
        '{vehicle:a} at a price of {cost:dollar} moves {load:ton}.',
        'Each {vehicle:one} takes {load:ton} at a cost of {cost:dollar}.',
        'The price of {vehicle:a} is {cost:dollar} and it can take {load:ton}.',
        'Moving {load:ton} by {vehicle:one} costs {cost:dollar}.',
        'For {cost:dollar} each {vehicle:one} can move {load:ton}.',
        'At {cost:dollar} each, one {vehicle:one} takes {load:ton}.',
        'For {cost:dollar} one can hire {vehicle:a} that carries {load:ton}.',
        'One {vehicle:one} moves {load:ton} at a price of {cost:dollar}.',
        '{vehicle:a} has room for {load:ton} and is hired for {cost:dollar}.',
        'With room for {load:ton}, {vehicle:a} costs {cost:dollar}.',
        '{vehicle:a} can take {load:ton} at a price of {cost:dollar}.',
        'For {cost:dollar} one {vehicle:one} moves {load:ton}.',
      ],
      heldOut: [
        '{vehicle:a} costs {cost:dollar} to hire and can carry {load:ton}.',
        'In each {vehicle:one} there is room for {load:ton} at a price of {cost:dollar}.',
        'To move {load:ton}, one can hire {vehicle:a} at a cost of {cost:dollar}.',
      ],
    },
    need: {
      told: 'once',
      training: [
        'At least {need:ton} must be moved.',
        'The {?business} needs room for at least {need:ton}.',
        'At least {need:ton} must be carried.',
        'No less than {need:ton} must be moved.',
        'There are {need:ton} or more to carry.',
        'The {?business} has to carry at least {need:ton}.',
        'The {?business} must move {need:ton} or more.',
        'No less than {need:ton} must be carried.',
        'The {?business} has to move {need:ton} or more.',
      ],
      heldOut: [
        'The hired vehicles must take at least {need:ton} in total.',
        'The total to be carried is {need:ton} or more.',
      ],
    },
    ceiling: {
      told: 'each',
      training: [
        'At most {amount vehicle} can be hired.',
        'Use no more than {amount vehicle}.',
        'Only {amount vehicle} can be hired.',
        'No more than {amount vehicle} can be had.',
        'The number of {vehicle:many} is limited to {amount:int}.',
        'There are only {amount vehicle}.',
        'The number of {vehicle:many} must be at most {amount:int}.',
        'Only {amount vehicle} can be had.',
        'The number of {vehicle:many} must not exceed {amount:int}.',
      ],
      heldOut: [
        'The {?business} can hire up to {amount vehicle}.',
        'Of the {vehicle:many} at most {amount:int} can be used.',
      ],
    },
    floor: {
      told: 'each',
      training: [
        'At least {amount vehicle} must be hired.',
        'Use at least {amount vehicle}.',
        'No fewer than {amount vehicle} must be hired.',
        'Hire {amount vehicle} or more.',
        'The number of {vehicle:many} must be at least {amount:int}.',
        'At least {amount vehicle} must be in use.',
        'No fewer than {amount vehicle} must be in use.',
        'The number of {vehicle:many} must be {amount:int} or more.',
      ],
      heldOut: [
        'The {?business} has to hire at least {amount vehicle}.',
        'There must be {amount vehicle} or more in use.',
      ],
    },
    goal: {
      told: 'once',
      training: [
        'How many whole vehicles of each kind minimize the total cost?',
        'Find the whole numbers to hire for the lowest total cost.',
        'In whole vehicles, how low can the total cost be?',
        'Which whole numbers of each kind are cheapest in total?',
        'Only whole vehicles can be used: find the lowest total cost.',
        'Find the cheapest whole numbers of vehicles.',
        'Hiring only whole vehicles, what is the lowest total cost?',
        'Which whole numbers of vehicles are cheapest in total?',
        'Only whole vehicles can be hired: how low can the total cost be?',
      ],
      heldOut: [
        'What is the lowest total cost with whole numbers of each kind?',
        'Find the whole numbers of vehicles to hire that minimize the total cost.',
        'How low can the total cost be if only whole vehicles are used?',
      ],
    },
  },
};
