/** Make whole products from limited resources for the most profit. Optimum by enumeration. */

import { bestIntegers } from '../best-integers.ts';
import { fact, factOf, factsOf, type Family, listOf, numberOf, wordOf } from '../family.ts';
import { GOODS, plural, RESOURCES } from '../lexicon.ts';
import { range, row, variable } from '../model.ts';
import { chance, fold, integer, sample } from '../random.ts';

interface Amount {
  readonly amount: number;
  readonly resource: string;
}
interface Quota {
  readonly amount: number;
  readonly item: string;
}
interface ProductMix {
  readonly products: readonly { readonly item: string; readonly profit: number; readonly uses: readonly Amount[] }[];
  readonly stock: readonly Amount[];
  readonly unlimited: readonly string[];
  readonly ceilings: readonly Quota[];
  readonly orders: readonly Quota[];
  readonly ratios: readonly { readonly factor: number; readonly item: string; readonly other: string }[];
  /** Subtracted from the profit whatever is made; 0 for none. */
  readonly rent: number;
}

export const productMix: Family<ProductMix> = {
  name: 'product-mix',
  isHeldOut: false,
  answers: ['number', 'infeasible', 'unbounded'],

  draw(key, difficulty, aim) {
    const items = sample(key, 'items', GOODS, difficulty + 1);
    const isUnbounded = aim === 'unbounded';
    const wanted = difficulty === 1 ? integer(key, 'resources', 1, 2) : difficulty;
    const resources = sample(key, 'names', RESOURCES, isUnbounded ? Math.max(2, wanted) : wanted);
    const products = items.map((item, index) => {
      const at = fold(key, item);
      const uses = resources.flatMap((resource, number) => {
        const isUsed = isUnbounded && index === 0 ? number === 0 : number === index || resources.length === 1 || chance(at, resource, 0.7);
        return isUsed ? [{ amount: integer(at, `${resource} use`, 1, 9), resource }] : [];
      });
      return { item, profit: integer(at, 'profit', 2, 40), uses: uses.length ? uses : [{ amount: 2, resource: resources[0] as string }] };
    });
    const limited = resources.slice(isUnbounded ? 1 : 0);
    const stock = limited.map((resource) => ({ amount: integer(key, `${resource} stock`, 20, 60 + 30 * difficulty), resource }));
    const other = items[1] as string;
    const first = items[0] as string;
    const most = Math.floor((stock[0]?.amount ?? 0) / (products[0]?.uses[0]?.amount ?? 1));
    const hasCeiling = aim === 'number' && chance(key, 'ceiling', 0.4);
    return {
      products,
      stock,
      unlimited: resources.slice(0, isUnbounded ? 1 : 0),
      ceilings: hasCeiling ? [{ amount: integer(key, 'ceiling amount', 1, 8), item: other }] : [],
      orders:
        aim === 'infeasible'
          ? [{ amount: most + integer(key, 'excess', 1, 5), item: first }]
          : difficulty > 1 && chance(key, 'order', 0.5)
            ? [{ amount: integer(key, 'order amount', 1, 3), item: items[2] as string }]
            : [],
      ratios: aim === 'number' && difficulty > 1 && chance(key, 'ratio', 0.4) ? [{ factor: integer(key, 'factor', 2, 3), item: first, other }] : [],
      rent: difficulty > 1 && chance(key, 'rent', 0.4) ? integer(key, 'rent amount', 5, 60) : 0,
    };
  },

  tell: ({ products, stock, unlimited, ceilings, orders, ratios, rent }) => [
    ...products.map(({ item, profit, uses }) => fact('product', { item, profit, uses: uses.map((use) => ({ ...use })) })),
    ...(stock.length ? [fact('stock', { stock: stock.map((entry) => ({ ...entry })) })] : []),
    ...unlimited.map((resource) => fact('unlimited', { resource })),
    ...ceilings.map((quota) => fact('ceiling', { ...quota })),
    ...orders.map((quota) => fact('order', { ...quota })),
    ...ratios.map((ratio) => fact('ratio', { ...ratio })),
    ...(rent ? [fact('rent', { rent })] : []),
    fact('goal'),
  ],

  understand(facts) {
    const quotas = (kind: string): Quota[] =>
      factsOf(facts, kind).map((values) => ({ amount: numberOf(values, 'amount'), item: wordOf(values, 'item') }));
    const amounts = (values: ReturnType<typeof listOf>): Amount[] =>
      values.map((inner) => ({ amount: numberOf(inner, 'amount'), resource: wordOf(inner, 'resource') }));
    return {
      products: factsOf(facts, 'product').map((values) => ({
        item: wordOf(values, 'item'),
        profit: numberOf(values, 'profit'),
        uses: amounts(listOf(values, 'uses')),
      })),
      stock: amounts(listOf(factOf(facts, 'stock'), 'stock')),
      unlimited: factsOf(facts, 'unlimited').map((values) => wordOf(values, 'resource')),
      ceilings: quotas('ceiling'),
      orders: quotas('order'),
      ratios: factsOf(facts, 'ratio').map((values) => ({
        factor: numberOf(values, 'factor'),
        item: wordOf(values, 'item'),
        other: wordOf(values, 'other'),
      })),
      rent: numberOf(factOf(facts, 'rent'), 'rent') || 0,
    };
  },

  model({ products, stock, ceilings, orders, ratios, rent }) {
    const at = (item: string): number => products.findIndex((product) => product.item === item);
    const single = (item: string): readonly number[] => products.map((product) => (product.item === item ? 1 : 0));
    return {
      variables: products.map(({ item }) => variable(plural(item), 'integer')),
      objective: { sense: 'maximize', terms: row(products.map(({ profit }) => profit)), offset: -rent || 0 },
      constraints: [
        ...stock.map(({ amount, resource }) => ({
          terms: row(products.map(({ uses }) => uses.find((use) => use.resource === resource)?.amount ?? 0)),
          relation: '<=' as const,
          bound: amount,
        })),
        ...ceilings.map(({ amount, item }) => ({ terms: row(single(item)), relation: '<=' as const, bound: amount })),
        ...orders.map(({ amount, item }) => ({ terms: row(single(item)), relation: '>=' as const, bound: amount })),
        ...ratios.map(({ factor, item, other }) => ({
          terms: row(range(products.length).map((index) => (index === at(item) ? 1 : index === at(other) ? -factor : 0))),
          relation: '>=' as const,
          bound: 0,
        })),
      ],
    };
  },

  optimum({ products, stock, unlimited, ceilings, orders, ratios, rent }) {
    const rows = stock.map(({ amount, resource }) => ({
      coefficients: products.map(({ uses }) => uses.reduce((sum, use) => sum + (use.resource === resource ? use.amount : 0), 0)),
      atMost: amount,
    }));
    const upper = products.map(({ item, uses }) =>
      Math.min(
        ...uses.map((use) => (unlimited.includes(use.resource) ? Infinity : Math.floor((stock.find((entry) => entry.resource === use.resource)?.amount ?? 0) / use.amount))),
        ...ceilings.map((quota) => (quota.item === item ? quota.amount : Infinity)),
      ),
    );
    const lower = products.map(({ item }) => Math.max(0, ...orders.map((quota) => (quota.item === item ? quota.amount : 0))));
    const finite = upper.map((limit) => (limit === Infinity ? 0 : limit));
    const isOpen = upper.includes(Infinity);
    const best = bestIntegers({
      gains: products.map(({ profit }) => profit),
      rows: [
        ...rows,
        ...ratios.map(({ factor, item, other }) => ({
          coefficients: products.map((product) => (product.item === item ? -1 : product.item === other ? factor : 0)),
          atMost: 0,
        })),
      ],
      lower,
      upper: isOpen ? finite.map((limit, index) => Math.max(limit, lower[index] as number)) : upper,
    });
    if (best === null) return 'infeasible';
    return isOpen ? 'unbounded' : best - rent;
  },

  wordings: {
    product: {
      training: [
        'Each {item:one} uses {uses*<amount of resource>} and earns {profit:dollar}.',
        'Making {item:a} takes {uses*<amount of resource>} and brings a profit of {profit:dollar}.',
      ],
      heldOut: [
        'One {item:one} consumes {uses*<amount of resource>} for a profit of {profit:dollar}.',
        'The profit on {item:a} is {profit:dollar} and making it needs {uses*<amount of resource>}.',
      ],
    },
    stock: {
      training: ['There are {stock*<amount of resource>} available.', 'The {?business} has {stock*<amount of resource>}.'],
      heldOut: ['Only {stock*<amount of resource>} can be used.', 'In stock are {stock*<amount of resource>}.'],
    },
    unlimited: {
      training: ['There is no limit on {resource:mass}.'],
      heldOut: ['{resource:mass} is available without limit.'],
    },
    ceiling: {
      training: ['At most {amount item} can be sold.', 'No more than {amount item} can be made.'],
      heldOut: ['Sales are limited to {amount item}.', 'The number of {item:many} must not exceed {amount:int}.'],
    },
    order: {
      training: ['At least {amount item} must be made.', 'The plan must include at least {amount item}.'],
      heldOut: ['No fewer than {amount item} must be made.', 'The number of {item:many} must be {amount:int} or more.'],
    },
    ratio: {
      training: ['At least {factor item} must be made for each {other:one}.'],
      heldOut: ['The number of {item:many} must be at least {factor:int} times the number of {other:many}.'],
    },
    rent: {
      training: ['A fixed rent of {rent:dollar} is subtracted from the total profit.'],
      heldOut: ['Whatever is made, fixed costs of {rent:dollar} reduce the total profit.'],
    },
    goal: {
      training: ['How many whole units of each maximize the total profit?', 'Find the whole quantities with the most total profit.'],
      heldOut: ['Which whole numbers of units give the largest total profit?', 'In whole units, what is the highest possible total profit?'],
    },
  },
};
