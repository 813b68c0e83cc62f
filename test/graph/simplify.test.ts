import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { simplify } from '../../src/graph/simplify.ts';
import { floats, integers, numbers, run } from './run.ts';

const kindsOf = (builder: GraphBuilder) => simplify(builder.build()).nodes.map(({ kind }) => kind);

describe('simplify', () => {
  it('computes what is equal once, through any number of steps', () => {
    const builder = new GraphBuilder('equal');
    const x = builder.input('x', 'float32', ['n']);
    const twice = [1, 2].map(() => builder.exp(builder.mul(x, builder.constant('float32', [], [3]))));
    builder.output('y', builder.add(twice[0]!, twice[1]!));
    expect(kindsOf(builder)).toEqual(['Mul', 'Exp', 'Add']);
  });

  it('keeps apart what differs by an attribute, an order or an element type alone', () => {
    const builder = new GraphBuilder('unlike');
    const x = builder.input('x', 'float32', ['n', 'n']);
    builder.output('a', builder.sub(x, builder.sum(x, [0], true)));
    builder.output('b', builder.sub(builder.sum(x, [1], true), x));
    builder.output('c', builder.cast(builder.scalar(1, 'int64'), 'float32'));
    builder.output('d', builder.cast(builder.scalar(1, 'int32'), 'float32'));
    expect(kindsOf(builder)).toEqual(['ReduceSum', 'Sub', 'ReduceSum', 'Sub', 'Cast', 'Cast']);
  });

  it('drops what nobody reads, its constants too', () => {
    const builder = new GraphBuilder('dead');
    const x = builder.input('x', 'float32', ['n']);
    builder.mul(builder.exp(x), builder.constant('float32', [20], numbers(20, 1)));
    builder.output('y', builder.neg(builder.neg(x)));
    const { nodes, initialisers, outputs } = simplify(builder.build());
    expect(nodes).toEqual([]);
    expect(initialisers).toEqual([]);
    expect(outputs[0]?.tensor.name).toBe('x');
  });

  it("shares composites' steps with their gradients'", () => {
    const builder = new GraphBuilder('shared');
    const [x, head] = [builder.input('x', 'float32', ['n', 4]), builder.input('head', 'float32', [9, 4])];
    const targets = builder.input('targets', 'int64', ['n']);
    builder.output('a', builder.tokenLogProbability(x, head, targets));
    builder.output('b', builder.tokenLogProbability(x, head, targets));
    const kinds = kindsOf(builder);
    expect(kinds.filter((kind) => kind === 'MatMul' || kind === 'Softmax')).toEqual(['MatMul', 'Softmax']);
  });

  it("keeps what only a loop's body reads, and lets a body read a merged value by its new name", async () => {
    const builder = new GraphBuilder('captured');
    const x = builder.input('x', 'float32', [2]);
    const [first, second] = [builder.exp(x), builder.exp(x)];
    const { states } = builder.loop(
      { trips: builder.scalar(2, 'int64'), condition: null, states: [x], dimension: 'turns' },
      (body, _, [state]) => ({
        condition: body.constant('bool', [], [1]),
        states: [body.swiglu(body.add(state!, second), body.add(builder.exp(x), first))],
        scans: [],
      }),
    );
    builder.output('y', states[0]!);
    builder.output('first', first);
    const graph = simplify(builder.build());
    expect(graph.nodes.map(({ kind }) => kind)).toEqual(['Exp', 'Loop']);
    const result = await run(builder.build(), { x: floats([2], [0, 1]) });
    const e = [1, Math.E];
    const turn = (state: number, index: number) => {
      const gate = state + e[index]!;
      return (gate / (1 + Math.exp(-gate))) * 2 * e[index]!;
    };
    for (const [index, start] of [0, 1].entries())
      expect((result['y'] as Float32Array)[index]).toBeCloseTo(turn(turn(start, index), index), 4);
  });
});

describe('encodeModel', () => {
  it('gives outputs their names: inputs, constants and values with two names included', async () => {
    const builder = new GraphBuilder('names');
    const x = builder.input('x', 'float32', [1]);
    const y = builder.exp(x);
    builder.output('input', x);
    builder.output('constant', builder.scalar(5));
    builder.output('once', y);
    builder.output('again', y);
    builder.output('later', builder.log(y));
    const result = await run(builder.build(), { x: floats([1], [0]) });
    expect(Object.fromEntries(Object.entries(result).map(([name, data]) => [name, data[0]]))).toEqual({
      input: 0,
      constant: 5,
      once: 1,
      again: 1,
      later: 0,
    });
  });

  it('carries constants of every size and sign exactly', async () => {
    const builder = new GraphBuilder('constants');
    const wide = [0, -1, 127, 128, -128, 2 ** 31, -(2 ** 40), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    const many = numbers(1000, 2);
    const zero = builder.input('zero', 'int64', []);
    builder.output('wide', builder.add(builder.constant('int64', [wide.length], wide), zero));
    builder.output('many', builder.add(builder.constant('float32', [10, 100], many), builder.cast(zero, 'float32')));
    builder.output('signs', builder.op('Reciprocal', [builder.constant('float32', [2], [0, -0])], {}));
    const result = await run(builder.build(), { zero: integers([], [0]) });
    expect(Array.from(result['wide'] as BigInt64Array, Number)).toEqual(wide);
    expect(result['many']).toEqual(many);
    expect([...(result['signs'] as Float32Array)]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });
});
