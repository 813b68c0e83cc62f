/** Make whole products from limited resources for the most profit. Optimum by enumeration. */

import { chance, fold, integer, type Key, sample } from '../../../random.ts';
import { bestIntegers } from '../best-integers.ts';
import type { Family } from '../family.ts';
import { GOODS, plural, RESOURCES } from '../lexicon.ts';
import { atLeast, atMost, coefficientsOf, row, total, variable } from '../model.ts';

type Use = { readonly amount: number; readonly resource: string };
type Quota = { readonly amount: number; readonly item: string };
type Product = { readonly item: string; readonly profit: number; readonly uses: readonly Use[] };

type ProductMix = {
  readonly product: readonly Product[];
  readonly stock: { readonly stock: readonly Use[] };
  /** A resource without limit. */
  readonly unlimited: readonly { readonly resource: string }[];
  readonly ceiling: readonly Quota[];
  readonly order: readonly Quota[];
  readonly ratio: { readonly factor: number; readonly item: string; readonly other: string } | null;
  /** Subtracted from the profit whatever is made. */
  readonly rent: { readonly rent: number } | null;
};

export const productMix: Family<ProductMix> = {
  name: 'product-mix',
  isHeldOut: false,
  answers: ['number', 'infeasible', 'unbounded'],

  draw(key, difficulty, aim) {
    const isUnbounded = aim === 'unbounded';
    const [free, ...limited] = sample(
      key,
      'resources',
      RESOURCES,
      difficulty === 1 ? integer(key, 'size', 2, 3) : difficulty + 1,
    );
    const items = sample(key, 'items', GOODS, difficulty + 1) as [string, string, ...string[]];
    const product = items.map((item, index): Product => {
      const at = fold(key, item);
      const uses = isUnbounded && index === 0 ? [useOf(at, free as string)] : usesOf(at, index, limited);
      return { item, profit: integer(at, 'profit', 2, 40), uses };
    });
    const used = limited.filter((resource) => product.some(({ uses }) => usedOf(uses, resource) > 0));
    const stock = used.map((resource) => ({
      amount: integer(key, `${resource} stock`, 20, 60 + 30 * difficulty),
      resource,
    }));
    const isRich = aim === 'number' && difficulty > 1;
    const [first, second] = items;
    const most = Math.min(...mostOf(product[0] as Product, stock));
    return {
      product,
      stock: { stock },
      unlimited: isUnbounded ? [{ resource: free as string }] : [],
      ceiling:
        aim === 'number' && chance(key, 'ceiling', 0.4)
          ? [{ amount: integer(key, 'ceiling amount', 1, 8), item: second }]
          : [],
      order:
        aim === 'infeasible'
          ? [{ amount: most + integer(key, 'excess', 1, 5), item: first }]
          : isRich && chance(key, 'order', 0.5)
            ? [{ amount: integer(key, 'order amount', 1, 3), item: items.at(-1) as string }]
            : [],
      ratio:
        isRich && chance(key, 'ratio', 0.4)
          ? { factor: integer(key, 'factor', 2, 3), item: first, other: second }
          : null,
      rent: difficulty > 1 && chance(key, 'rent', 0.4) ? { rent: integer(key, 'rent amount', 5, 60) } : null,
    };
  },

  model({ product, stock, ceiling, order, ratio, rent }) {
    const items = product.map(({ item }) => item);
    return {
      variables: items.map((item) => variable(plural(item), 'integer')),
      objective: { sense: 'maximize', terms: row(product.map(({ profit }) => profit)), offset: rent ? -rent.rent : 0 },
      constraints: [
        ...stock.stock.map(({ amount, resource }) =>
          atMost(row(product.map(({ uses }) => usedOf(uses, resource))), amount),
        ),
        ...ceiling.map(({ amount, item }) => atMost(coefficientsOf(items, { [item]: 1 }), amount)),
        ...order.map(({ amount, item }) => atLeast(coefficientsOf(items, { [item]: 1 }), amount)),
        ...(ratio ? [atLeast(coefficientsOf(items, { [ratio.item]: 1, [ratio.other]: -ratio.factor }), 0)] : []),
      ],
    };
  },

  optimum({ product, stock, ceiling, order, ratio, rent }) {
    const limits = product.map((made) => {
      const ceilings = ceiling.filter(({ item }) => item === made.item).map(({ amount }) => amount);
      return Math.min(...mostOf(made, stock.stock), ...ceilings);
    });
    const lower = product.map((made) =>
      Math.max(0, ...order.filter(({ item }) => item === made.item).map(({ amount }) => amount)),
    );
    const best = bestIntegers({
      gains: product.map(({ profit }) => profit),
      rows: [
        ...stock.stock.map(({ amount, resource }) => ({
          coefficients: product.map(({ uses }) => usedOf(uses, resource)),
          atMost: amount,
        })),
        ...(ratio
          ? [
              {
                coefficients: product.map(({ item }) =>
                  item === ratio.item ? -1 : item === ratio.other ? ratio.factor : 0,
                ),
                atMost: 0,
              },
            ]
          : []),
      ],
      lower,
      upper: limits.map((limit, index) => (limit === Infinity ? (lower[index] as number) : limit)),
    });
    if (best === null) return 'infeasible';
    return limits.includes(Infinity) ? 'unbounded' : best - (rent?.rent ?? 0);
  },

  wordings: {
    product: {
      told: 'each',
      training: [
        'Each {item:one} uses {uses*<amount of resource>} and earns {profit:dollar}.',
        'Making {item:a} takes {uses*<amount of resource>} and brings a profit of {profit:dollar}.',
        'One {item:one} needs {uses*<amount of resource>} and has a profit of {profit:dollar}.',
        'Every {item:one} consumes {uses*<amount of resource>} and earns {profit:dollar}.',
        'The profit on one {item:one} is {profit:dollar} and it takes {uses*<amount of resource>}.',
        '{item:a} earns {profit:dollar} and making one needs {uses*<amount of resource>}.',
        'For a profit of {profit:dollar} one {item:one} consumes {uses*<amount of resource>}.',
        '{item:a} needs {uses*<amount of resource>} for {profit:dollar} of profit.',
        'The profit on {item:a} is {profit:dollar} and it consumes {uses*<amount of resource>}.',
        'One {item:one} for a profit of {profit:dollar} takes {uses*<amount of resource>}.',
        'With {uses*<amount of resource>} one makes {item:a} for a profit of {profit:dollar}.',
        'One {item:one} consumes {uses*<amount of resource>} for a profit of {profit:dollar}.',
        'The profit on {item:a} is {profit:dollar} and making it needs {uses*<amount of resource>}.',
      ],
      heldOut: [
        '{item:a} is made with {uses*<amount of resource>} and sold for a profit of {profit:dollar}.',
        'Each {item:one} brings {profit:dollar} of profit and making it takes {uses*<amount of resource>}.',
        'If one makes {item:a}, it earns a profit of {profit:dollar} and uses {uses*<amount of resource>}.',
      ],
    },
    stock: {
      told: 'once',
      training: [
        'There are {stock*<amount of resource>} available.',
        'The {?business} has {stock*<amount of resource>}.',
        'At most {stock*<amount of resource>} can be used.',
        'Only {stock*<amount of resource>} are available.',
        'The {?business} has only {stock*<amount of resource>} at hand.',
        'No more than {stock*<amount of resource>} can be consumed.',
        'There are {stock*<amount of resource>} at hand.',
        'Only {stock*<amount of resource>} can be used.',
        'At hand are {stock*<amount of resource>}.',
      ],
      heldOut: [
        'The {?business} can use up to {stock*<amount of resource>}.',
        'What can be used is limited to {stock*<amount of resource>}.',
      ],
    },
    unlimited: {
      told: 'each',
      training: ['There is no limit on {resource:mass}.', '{resource:mass} is available without limit.'],
      heldOut: ['The use of {resource:mass} is not limited.', 'One can use as much {resource:mass} as one likes.'],
    },
    ceiling: {
      told: 'each',
      training: [
        'At most {amount item} can be made.',
        'Make no more than {amount item}.',
        'No more than {amount item} can be sold.',
        'Sales are limited to {amount item}.',
        'The number of {item:many} must be at most {amount:int}.',
        'The number of {item:many} is limited to {amount:int}.',
        'The {item:many} must not exceed {amount:int}.',
        'Production must not exceed {amount item}.',
        'The number of {item:many} can be at most {amount:int}.',
        'Production can be up to {amount item}.',
        'Production is limited to {amount item}.',
        'The number of {item:many} must not exceed {amount:int}.',
      ],
      heldOut: [
        'Of the {item:many} at most {amount:int} can be sold.',
        'The plan must not include more than {amount item}.',
      ],
    },
    order: {
      told: 'each',
      training: [
        'At least {amount item} must be made.',
        'The plan must include at least {amount item}.',
        'No fewer than {amount item} must be made.',
        'The number of {item:many} must be {amount:int} or more.',
      ],
      heldOut: [
        'There must be {amount item} or more in the plan.',
        'Production must include no fewer than {amount item}.',
      ],
    },
    ratio: {
      told: 'maybe',
      training: [
        'At least {factor item} must be made for each {other:one}.',
        'The number of {item:many} must be at least {factor:int} times the number of {other:many}.',
      ],
      heldOut: [
        'For each {other:one} the plan must include at least {factor item}.',
        'The plan must have at least {factor:int} times as many {item:many} as {other:many}.',
      ],
    },
    rent: {
      told: 'maybe',
      training: [
        'A fixed rent of {rent:dollar} is subtracted from the total profit.',
        'Whatever is made, fixed costs of {rent:dollar} reduce the total profit.',
      ],
      heldOut: [
        'From the total profit fixed costs of {rent:dollar} are subtracted in any case.',
        'The {?business} pays a fixed rent of {rent:dollar} out of the total profit.',
      ],
    },
    goal: {
      told: 'once',
      training: [
        'How many whole units of each maximize the total profit?',
        'Find the whole quantities with the most total profit.',
        'In whole units, find the largest total profit.',
        'What is the highest total profit with whole numbers of units?',
        'Which whole quantities give the most total profit?',
        'Which whole numbers of units give the largest total profit?',
        'In whole units, what is the highest possible total profit?',
      ],
      heldOut: [
        'With a whole number of units of each, what is the most total profit?',
        'What total profit can be made at best in whole quantities?',
        'Find the plan of whole units with the highest total profit.',
      ],
    },
  },
};

function useOf(key: Key, resource: string): Use {
  return { amount: integer(key, `${resource} use`, 1, 9), resource };
}

/** Every resource is used by some product, every product uses some resource. */
function usesOf(key: Key, index: number, resources: readonly string[]): readonly Use[] {
  return resources
    .filter((resource, number) => number === index % resources.length || chance(key, resource, 0.6))
    .map((resource) => useOf(key, resource));
}

function usedOf(uses: readonly Use[], resource: string): number {
  return total(uses.filter((use) => use.resource === resource).map(({ amount }) => amount));
}

/** How many of the product each limited resource allows by itself. */
function mostOf(product: Product, stock: readonly Use[]): readonly number[] {
  return stock
    .map(({ amount, resource }) => ({ amount, used: usedOf(product.uses, resource) }))
    .map(({ amount, used }) => (used === 0 ? Infinity : Math.floor(amount / used)));
}
