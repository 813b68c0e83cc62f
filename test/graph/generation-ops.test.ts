import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { floats, integers, run } from './run.ts';

describe('operations that only generation uses', () => {
  it('CumSum, ArgMax, TopK and Mod mean what their comments say', async () => {
    const builder = new GraphBuilder('meaning');
    const x = builder.input('x', 'float32', ['n', 3]);
    builder.output('exclusive', builder.cumSum(x, 1, { exclusive: true }));
    builder.output('first', builder.argMax(x, 1));
    const [values, indices] = builder.topK(x, 2, 2);
    builder.output('values', values);
    builder.output('indices', indices);
    const result = await run(builder.build(), { x: floats([2, 3], [1, 3, 3, 5, 4, 6]) });
    expect([...(result['exclusive'] as Float32Array)]).toEqual([0, 1, 4, 0, 5, 9]);
    expect([...(result['first'] as BigInt64Array)]).toEqual([1n, 2n]);
    expect([...(result['values'] as Float32Array)]).toEqual([3, 3, 6, 5]);
    expect([...(result['indices'] as BigInt64Array)]).toEqual([1n, 2n, 2n, 0n]);
  });

  it('a loop ends with its trips or with its condition, whichever comes first, and reads values around it', async () => {
    const builder = new GraphBuilder('loop');
    const [step, trips, limit] = [
      builder.input('step', 'int64', []),
      builder.input('trips', 'int64', []),
      builder.input('limit', 'int64', []),
    ];
    const doubled = builder.mul(step, builder.scalar(2, 'int64'));
    const { states, scans } = builder.loop(
      { trips, condition: null, states: [builder.scalar(0, 'int64')], dimension: 'turns' },
      (body, _, [sum]) => {
        const next = body.add(sum!, doubled);
        return { condition: body.less(next, limit), states: [next], scans: [next] };
      },
    );
    builder.output('sum', states[0]!);
    builder.output('sums', scans[0]!);
    const graph = builder.build();
    const feeds = (tripCount: number, most: number) => ({
      step: integers([], [3]),
      trips: integers([], [tripCount]),
      limit: integers([], [most]),
    });
    expect([...((await run(graph, feeds(3, 1000)))['sums'] as BigInt64Array)]).toEqual([6n, 12n, 18n]);
    expect([...((await run(graph, feeds(100, 20)))['sums'] as BigInt64Array)]).toEqual([6n, 12n, 18n, 24n]);
  });
});
