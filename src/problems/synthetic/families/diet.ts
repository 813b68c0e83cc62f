/** Buy any amounts of foods that give enough nutrients at the least cost. Optimum by visiting the vertices. */

import { chance, fold, integer, sample } from '../../../random.ts';
import { bestVertex } from '../best-vertex.ts';
import type { Family } from '../family.ts';
import { FOODS, NUTRIENTS } from '../lexicon.ts';
import { atLeast, atMost, coefficientsOf, row, total, variable } from '../model.ts';

type Content = { readonly amount: number; readonly nutrient: string };
type Food = { readonly food: string; readonly cost: number; readonly content: readonly Content[] };

type Diet = {
  readonly food: readonly Food[];
  readonly need: { readonly needs: readonly Content[] };
  /** At most so many kg of a food. */
  readonly limit: readonly { readonly amount: number; readonly food: string }[];
};

export const diet: Family<Diet> = {
  name: 'diet',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const foods = sample(key, 'foods', FOODS, difficulty + 1);
    const nutrients = sample(key, 'nutrients', NUTRIENTS, difficulty === 1 ? integer(key, 'size', 1, 2) : difficulty);
    const food = foods.map((name, index): Food => {
      const at = fold(key, name);
      const holds = nutrients.filter(
        (nutrient, number) => number === index % nutrients.length || chance(at, nutrient, 0.8),
      );
      return {
        food: name,
        cost: integer(at, 'cost', 2, 15),
        content: holds.map((nutrient) => ({ amount: integer(at, `${nutrient} content`, 1, 20), nutrient })),
      };
    });
    const needs = nutrients.map((nutrient) => ({ amount: integer(key, `${nutrient} need`, 20, 120), nutrient }));
    const limited = aim === 'infeasible' ? foods : difficulty > 1 || chance(key, 'limit', 0.4) ? foods.slice(-1) : [];
    const most = aim === 'infeasible' ? 2 : 6;
    return {
      food,
      need: { needs },
      limit: limited.map((name) => ({ amount: integer(key, `${name} limit`, 1, most), food: name })),
    };
  },

  model({ food, need, limit }) {
    const names = food.map(({ food: name }) => name);
    return {
      variables: names.map((name) => variable(name, 'continuous')),
      objective: { sense: 'minimize', terms: row(food.map(({ cost }) => cost)), offset: 0 },
      constraints: [
        ...need.needs.map(({ amount, nutrient }) =>
          atLeast(row(food.map(({ content }) => heldOf(content, nutrient))), amount),
        ),
        ...limit.map(({ amount, food: name }) => atMost(coefficientsOf(names, { [name]: 1 }), amount)),
      ],
    };
  },

  optimum({ food, need, limit }) {
    const best = bestVertex(
      food.map(({ cost }) => -cost),
      [
        ...need.needs.map(({ amount, nutrient }) => ({
          coefficients: food.map(({ content }) => heldOf(content, nutrient)),
          relation: '>=' as const,
          bound: amount,
        })),
        ...limit.map(({ amount, food: name }) => ({
          coefficients: food.map((entry) => (entry.food === name ? 1 : 0)),
          relation: '<=' as const,
          bound: amount,
        })),
      ],
    );
    return typeof best === 'number' ? -best : best;
  },

  wordings: {
    food: {
      told: 'each',
      training: [
        'A kg of {food:mass} costs {cost:dollar} and has {content*<amount of nutrient>}.',
        'Each kg of {food:mass} gives {content*<amount of nutrient>} and costs {cost:dollar}.',
        'One kg of {food:mass} supplies {content*<amount of nutrient>} and costs {cost:dollar}.',
        'Buying a kg of {food:mass} costs {cost:dollar} and gives {content*<amount of nutrient>}.',
        'For {cost:dollar} one can buy a kg of {food:mass} with {content*<amount of nutrient>}.',
        'A kg of {food:mass} adds {content*<amount of nutrient>} for {cost:dollar}.',
        '{food:mass} costs {cost:dollar} per kg and supplies {content*<amount of nutrient>} per kg.',
        'For {cost:dollar} per kg {food:mass} has {content*<amount of nutrient>} per kg.',
        'For {cost:dollar} one gets a kg of {food:mass} with {content*<amount of nutrient>}.',
        'At {cost:dollar} a kg, {food:mass} supplies {content*<amount of nutrient>} per kg.',
        'The price of a kg of {food:mass} is {cost:dollar} and it adds {content*<amount of nutrient>}.',
        'Each kg of {food:mass} is sold for {cost:dollar} and supplies {content*<amount of nutrient>}.',
        'With {content*<amount of nutrient>} per kg, {food:mass} costs {cost:dollar} per kg.',
        'Eating a kg of {food:mass} for {cost:dollar} gives {content*<amount of nutrient>}.',
        'For {cost:dollar} each kg of {food:mass} adds {content*<amount of nutrient>}.',
        'One buys a kg of {food:mass} for {cost:dollar} and has {content*<amount of nutrient>}.',
        'For {cost:dollar} a kg of {food:mass} supplies {content*<amount of nutrient>}.',
        'Buying a kg of {food:mass} for {cost:dollar} adds {content*<amount of nutrient>}.',
      ],
      heldOut: [
        'One gets {content*<amount of nutrient>} in each kg of {food:mass}, which the shop sells at {cost:dollar} a kg.',
        'The cost of {food:mass} is {cost:dollar} for each kg, which supplies {content*<amount of nutrient>}.',
        '{food:mass} has {content*<amount of nutrient>} in a kg and is sold at {cost:dollar} per kg.',
      ],
    },
    need: {
      told: 'once',
      training: [
        'The diet needs at least {needs*<amount of nutrient>}.',
        'A meal must have at least {needs*<amount of nutrient>}.',
        'No less than {needs*<amount of nutrient>} must be in the diet.',
        'The meal has to supply at least {needs*<amount of nutrient>}.',
        'At least {needs*<amount of nutrient>} must be eaten.',
        'The diet must contain {needs*<amount of nutrient>} or more.',
        'The menu needs no less than {needs*<amount of nutrient>}.',
        'One has to eat {needs*<amount of nutrient>} or more.',
        'The menu must supply {needs*<amount of nutrient>} or more.',
        'The meal has to have no less than {needs*<amount of nutrient>}.',
        'In all {needs*<amount of nutrient>} or more must be eaten.',
        'The menu has to contain at least {needs*<amount of nutrient>}.',
        'No less than {needs*<amount of nutrient>} must be eaten.',
        'The menu has to contain {needs*<amount of nutrient>} or more.',
      ],
      heldOut: [
        'There must be at least {needs*<amount of nutrient>} in the diet.',
        'One must eat no less than {needs*<amount of nutrient>} in all.',
      ],
    },
    limit: {
      told: 'each',
      training: [
        'At most {amount:kg} of {food:mass} can be bought.',
        'Buy no more than {amount:kg} of {food:mass}.',
        'There are only {amount:kg} of {food:mass}.',
        'The shop sells at most {amount:kg} of {food:mass}.',
        'The amount of {food:mass} is limited to {amount:kg}.',
        '{food:mass} must not exceed {amount:kg}.',
        'The amount of {food:mass} must be at most {amount:kg}.',
        'The shop has at most {amount:kg} of {food:mass}.',
        'No more than {amount:kg} of {food:mass} can be had.',
        'Only {amount:kg} of {food:mass} can be eaten.',
        'The shop has only {amount:kg} of {food:mass}.',
        'The amount of {food:mass} must not exceed {amount:kg}.',
      ],
      heldOut: [
        'One can buy at most {amount:kg} of {food:mass}.',
        'Of {food:mass} no more than {amount:kg} can be eaten.',
        'The diet must not have more than {amount:kg} of {food:mass}.',
      ],
    },
    goal: {
      told: 'once',
      training: [
        'Any fraction of a kg can be bought: minimize the total cost.',
        'What is the lowest total cost if any fraction of a kg can be bought?',
        'Parts of a kg can be bought: find the lowest total cost.',
        'Amounts may be fractional: how low can the total cost be?',
        'With fractional amounts, which diet is cheapest in total?',
        'Parts of a kg are allowed: how low can the total cost be?',
        'With any parts of a kg, find the cheapest diet in total.',
        'Parts of a kg are fine: find the cheapest total.',
        'With amounts that may be fractional, how low can the total cost be?',
      ],
      heldOut: [
        'Parts of a kg can be had: minimize the total cost of the diet.',
        'Find the lowest total cost with any fraction of a kg allowed.',
        'How low can the total cost be if one may buy parts of a kg?',
      ],
    },
  },
};

function heldOf(content: readonly Content[], nutrient: string): number {
  return total(content.filter((entry) => entry.nutrient === nutrient).map(({ amount }) => amount));
}
