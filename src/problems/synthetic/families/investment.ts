/** Put money into assets, in any amounts, for the most return. Optimum by visiting the vertices. */

import { chance, integer, integers, sample } from '../../../random.ts';
import { bestVertex, type HalfSpace } from '../best-vertex.ts';
import type { Family } from '../family.ts';
import { ASSETS } from '../lexicon.ts';
import { atLeast, atMost, coefficientsOf, range, row, sumOf, variable } from '../model.ts';

type Share = { readonly amount: number; readonly asset: string };

type Investment = {
  readonly asset: readonly { readonly asset: string; readonly gain: number }[];
  readonly budget: { readonly budget: number } | null;
  /** Told in place of the budget: there is none. */
  readonly open: readonly { readonly least: number }[];
  readonly ceiling: readonly Share[];
  readonly floor: readonly Share[];
  /** `asset` gets at least `factor` times what `other` gets. */
  readonly ratio: { readonly factor: number; readonly asset: string; readonly other: string } | null;
};

export const investment: Family<Investment> = {
  name: 'investment',
  isHeldOut: false,
  answers: ['number', 'infeasible', 'unbounded'],

  draw(key, difficulty, aim) {
    const assets = sample(key, 'assets', ASSETS, difficulty + 1) as [string, string, ...string[]];
    const gains = integers(key, 'gains', assets.length, 2, 30);
    const budget = integer(key, 'budget', 20, 99) * 10;
    const [first, second] = assets;
    const share = (label: string, low: number, high: number, asset: string): Share => ({
      amount: integer(key, label, Math.ceil(low / 10), Math.floor(high / 10)) * 10,
      asset,
    });
    const isRich = difficulty > 1;
    const hasRatio = isRich && aim !== 'infeasible' && chance(key, 'ratio', 0.5);
    return {
      asset: assets.map((asset, index) => ({ asset, gain: gains[index] as number })),
      budget: aim === 'unbounded' ? null : { budget },
      open: aim === 'unbounded' ? [{ least: budget }] : [],
      ceiling: [
        ...(aim === 'unbounded' ? [] : [share('first', 20, budget * 0.8, first)]),
        ...(isRich && chance(key, 'ceiling', 0.5) ? [share('second', 20, budget * 0.5, second)] : []),
      ],
      floor: [
        ...(aim === 'infeasible' ? [share('excess', budget + 10, budget + 90, second)] : []),
        ...(isRich && chance(key, 'floor', 0.5) ? [share('floor', 20, budget * 0.3, assets.at(-1) as string)] : []),
      ],
      ratio: hasRatio ? { factor: integer(key, 'factor', 2, 4), asset: assets.at(-1) as string, other: first } : null,
    };
  },

  model({ asset, budget, open, ceiling, floor, ratio }) {
    const names = asset.map(({ asset: name }) => name);
    const all = sumOf(range(names.length));
    return {
      variables: names.map((name) => variable(name, 'continuous')),
      objective: { sense: 'maximize', terms: row(asset.map(({ gain }) => gain)), offset: 0 },
      constraints: [
        ...(budget ? [atMost(all, budget.budget)] : []),
        ...open.map(({ least }) => atLeast(all, least)),
        ...ceiling.map(({ amount, asset: name }) => atMost(coefficientsOf(names, { [name]: 1 }), amount)),
        ...floor.map(({ amount, asset: name }) => atLeast(coefficientsOf(names, { [name]: 1 }), amount)),
        ...(ratio ? [atLeast(coefficientsOf(names, { [ratio.asset]: 1, [ratio.other]: -ratio.factor }), 0)] : []),
      ],
    };
  },

  optimum({ asset, budget, open, ceiling, floor, ratio }) {
    const only = (name: string): readonly number[] => asset.map((entry) => (entry.asset === name ? 1 : 0));
    const spaces: readonly HalfSpace[] = [
      ...(budget ? [{ coefficients: asset.map(() => 1), relation: '<=' as const, bound: budget.budget }] : []),
      ...open.map(({ least }) => ({ coefficients: asset.map(() => 1), relation: '>=' as const, bound: least })),
      ...ceiling.map(({ amount, asset: name }) => ({
        coefficients: only(name),
        relation: '<=' as const,
        bound: amount,
      })),
      ...floor.map(({ amount, asset: name }) => ({ coefficients: only(name), relation: '>=' as const, bound: amount })),
      ...(ratio
        ? [
            {
              coefficients: asset.map(({ asset: name }) =>
                name === ratio.asset ? 1 : name === ratio.other ? -ratio.factor : 0,
              ),
              relation: '>=' as const,
              bound: 0,
            },
          ]
        : []),
    ];
    return bestVertex(
      asset.map(({ gain }) => gain),
      spaces,
    );
  },

  wordings: {
    asset: {
      told: 'each',
      training: [
        'Each dollar in {asset:mass} returns {gain:cent}.',
        '{asset:mass} gives {gain:cent} per dollar.',
        'A dollar in {asset:mass} earns {gain:cent}.',
        'The return of a dollar in {asset:mass} is {gain:cent}.',
        'Each dollar put into {asset:mass} gives {gain:cent}.',
        '{asset:mass} has a return of {gain:cent} a dollar.',
        'The return on each dollar of {asset:mass} is {gain:cent}.',
        '{asset:mass} earns {gain:cent} per dollar.',
        'A dollar put in {asset:mass} returns {gain:cent}.',
        'For each dollar {asset:mass} earns {gain:cent}.',
        'The return on {asset:mass} is {gain:cent} for each dollar.',
        'A dollar put into {asset:mass} earns {gain:cent}.',
        'The return on {asset:mass} is {gain:cent} a dollar.',
      ],
      heldOut: [
        'One earns {gain:cent} for each dollar invested in {asset:mass}.',
        'If a dollar goes to {asset:mass}, it gives {gain:cent}.',
        'In {asset:mass} there is a return of {gain:cent} on each dollar.',
      ],
    },
    budget: {
      told: 'maybe',
      training: [
        'At most {budget:dollar} can be invested.',
        'There are up to {budget:dollar} to invest.',
        'No more than {budget:dollar} can be invested.',
        'The total is limited to {budget:dollar}.',
        'Up to {budget:dollar} can be spent in total.',
        'The sum of all must not exceed {budget:dollar}.',
        'The total must be at most {budget:dollar}.',
        'The total must not exceed {budget:dollar}.',
        'No more than {budget:dollar} can be spent.',
      ],
      heldOut: [
        'One can invest no more than {budget:dollar} in total.',
        'The sum of all amounts can be at most {budget:dollar}.',
      ],
    },
    open: {
      told: 'each',
      training: [
        'At least {least:dollar} must be invested and there is no upper limit on the total.',
        'The total must be {least:dollar} or more and can be as high as one likes.',
      ],
      heldOut: [
        'The total has no upper limit and must be at least {least:dollar}.',
        'One can invest as many dollars as one likes, at least {least:dollar} in total.',
      ],
    },
    ceiling: {
      told: 'each',
      training: [
        'Put at most {amount:dollar} in {asset:mass}.',
        'No more than {amount:dollar} can go to {asset:mass}.',
        'At most {amount:dollar} can go to {asset:mass}.',
        'The share of {asset:mass} must not exceed {amount:dollar}.',
        'The amount in {asset:mass} can be up to {amount:dollar}.',
        '{asset:mass} is limited to {amount:dollar}.',
        'No more than {amount:dollar} can be in {asset:mass}.',
        'The share of {asset:mass} is limited to {amount:dollar}.',
        'The amount in {asset:mass} must not exceed {amount:dollar}.',
      ],
      heldOut: [
        'One can invest up to {amount:dollar} in {asset:mass}.',
        'In {asset:mass} there can be at most {amount:dollar}.',
      ],
    },
    floor: {
      told: 'each',
      training: [
        'Put at least {amount:dollar} in {asset:mass}.',
        'At least {amount:dollar} must go to {asset:mass}.',
        'The share of {asset:mass} must be at least {amount:dollar}.',
        'The amount in {asset:mass} must be {amount:dollar} or more.',
        'No less than {amount:dollar} must go to {asset:mass}.',
        'Put {amount:dollar} or more in {asset:mass}.',
        'The share of {asset:mass} must be {amount:dollar} or more.',
        'No less than {amount:dollar} must be in {asset:mass}.',
      ],
      heldOut: [
        'One must invest {amount:dollar} or more in {asset:mass}.',
        '{asset:mass} must have a share of at least {amount:dollar}.',
      ],
    },
    ratio: {
      told: 'maybe',
      training: [
        'The amount in {asset:mass} must be at least {factor:int} times the amount in {other:mass}.',
        'For each dollar in {other:mass} put at least {factor:dollar} in {asset:mass}.',
        'The share of {asset:mass} must be at least {factor:int} times the share of {other:mass}.',
        'At least {factor:dollar} must go to {asset:mass} for each dollar in {other:mass}.',
        '{asset:mass} must have at least {factor:int} times the dollars of {other:mass}.',
        'For each dollar put into {other:mass} at least {factor:dollar} must go into {asset:mass}.',
        'There must be at least {factor:dollar} in {asset:mass} for each dollar in {other:mass}.',
        'For each dollar in {other:mass} at least {factor:dollar} must be in {asset:mass}.',
      ],
      heldOut: [
        'Put at least {factor:int} times as many dollars in {asset:mass} as in {other:mass}.',
        'If a dollar goes to {other:mass}, at least {factor:dollar} must go to {asset:mass}.',
      ],
    },
    goal: {
      told: 'once',
      training: [
        'Any fraction of a dollar is allowed: maximize the total return in cents.',
        'With any fraction of a dollar allowed, what is the most total return in cents?',
        'If parts of a dollar are fine, what is the largest total return in cents?',
        'How many cents of total return are possible at best with any fraction of a dollar?',
        'Amounts may be fractional: maximize the total return in cents.',
        'Amounts may be fractional: find the largest total return in cents.',
        'How many cents of total return are possible at best if parts of a dollar are fine?',
      ],
      heldOut: [
        'What is the largest total return in cents if any fraction of a dollar can be invested?',
        'Parts of a dollar can be invested: how many cents of total return are possible at best?',
        'How many cents can the total return be at best with fractional amounts?',
      ],
    },
  },
};
