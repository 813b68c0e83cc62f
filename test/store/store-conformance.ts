import { afterAll, describe, expect, it } from 'vitest';
import type { RunStore } from '../../src/store/store.ts';
import { DESCRIPTION, sampleStep } from './sample-step.ts';

/** What every run store promises. `createStore` gives an empty one. */
export function testRunStore(name: string, createStore: () => Promise<RunStore>): void {
  describe(`${name} is a run store`, () => {
    const opened: RunStore[] = [];
    const create = async (): Promise<RunStore> => {
      const store = await createStore();
      opened.push(store);
      return store;
    };
    afterAll(async () => {
      for (const store of opened) await store.close();
    });

    it('keeps the description, its schema and the time', async () => {
      const { manifest } = await create();
      expect(manifest).toMatchObject({ ...DESCRIPTION, schema: 1 });
      expect(new Date(manifest.createdAt).toISOString()).toBe(manifest.createdAt);
    });

    it('is empty at first, for readers too', async () => {
      const store = await create();
      expect(await store.indices()).toEqual([]);
      expect(await store.nextIndex()).toBe(0);
      expect(await store.query('SELECT count(*) AS n FROM rollouts')).toEqual([{ n: 0 }]);
      expect(await store.query('SELECT * FROM steps')).toEqual([]);
    });

    it('gives back what went in: nulls, odd texts, odd numbers, order', async () => {
      const store = await create();
      const steps = [0, 1, 2, 3].map((index) => sampleStep(index, 60));
      for (const step of steps) await store.append(step);
      for (const step of steps) expect(await store.read(step.index)).toStrictEqual(step);
    });

    it('gives back a step without rollouts, with its statistics', async () => {
      const store = await create();
      const step = { index: 0, rollouts: [], statistics: { loss: 0.5 } };
      await store.append(step);
      await store.append({ index: 1, rollouts: [], statistics: {} });
      expect(await store.read(0)).toStrictEqual(step);
      expect(await store.query('SELECT step, rollouts FROM steps')).toEqual([
        { step: 0, rollouts: 0 },
        { step: 1, rollouts: 0 },
      ]);
    });

    it('keeps a diverged run: NaN and infinities in numbers and statistics', async () => {
      const store = await create();
      const [rollout] = sampleStep(1, 1).rollouts;
      const completion = { ...rollout!.completion, logProbs: [Number.NEGATIVE_INFINITY, Number.NaN] };
      const step = {
        index: 0,
        rollouts: [{ ...rollout!, completion, advantage: Number.NaN }],
        statistics: { loss: Number.NaN, norm: Number.POSITIVE_INFINITY },
      };
      await store.append(step);
      expect(await store.read(0)).toStrictEqual(step);
      expect(await store.query("SELECT statistics['norm'] AS norm FROM steps")).toEqual([
        { norm: Number.POSITIVE_INFINITY },
      ]);
    });

    it('gives back a text of four megabytes', async () => {
      const store = await create();
      const [rollout] = sampleStep(1, 1).rollouts;
      const text = 'naïve 😀 '.repeat(2 ** 19);
      await store.append({
        index: 0,
        rollouts: [{ ...rollout!, completion: { ...rollout!.completion, text } }],
        statistics: {},
      });
      expect((await store.read(0)).rollouts[0]!.completion.text === text).toBe(true);
    });

    it('never overwrites a step, and keeps the first one', async () => {
      const store = await create();
      await store.append(sampleStep(0, 2));
      await expect(store.append({ ...sampleStep(0, 3) })).rejects.toMatchObject({
        boundary: 'store',
        code: 'step-exists',
      });
      expect(await store.read(0)).toStrictEqual(sampleStep(0, 2));
    });

    it('lets one of two appends of the same step win, whole', async () => {
      const store = await create();
      const settled = await Promise.allSettled([store.append(sampleStep(0, 2)), store.append(sampleStep(0, 3))]);
      expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const winner = settled[0]!.status === 'fulfilled' ? 2 : 3;
      expect(await store.read(0)).toStrictEqual(sampleStep(0, winner));
    });

    it('continues after its last step, whatever came before', async () => {
      const store = await create();
      for (const index of [0, 2, 11]) await store.append(sampleStep(index, 1));
      expect(await store.indices()).toEqual([0, 2, 11]);
      expect(await store.nextIndex()).toBe(12);
    });

    it('rejects a step that is not there, and an index that is none', async () => {
      const store = await create();
      await expect(store.read(0)).rejects.toMatchObject({ code: 'step-missing' });
      await expect(store.read(-1)).rejects.toMatchObject({ code: 'bad-step' });
      await expect(store.append({ ...sampleStep(0, 1), index: 0.5 })).rejects.toMatchObject({ code: 'bad-step' });
    });

    it('answers queries over columns, STRUCTs and MAPs, with parameters that are never read as SQL', async () => {
      const store = await create();
      await store.append(sampleStep(1, 3));
      await store.append(sampleStep(2, 3));
      const sql = `SELECT step, problemId, certificate.size.constraints AS rows, rewardParts['format'] AS format
        FROM rollouts WHERE step = $step AND problemId <> $id ORDER BY position`;
      const expected = sampleStep(2, 3).rollouts.map((rollout) => ({
        step: 2,
        problemId: rollout.problem.id,
        rows: rollout.observation.certificate?.size?.constraints ?? null,
        format: rollout.reward.parts['format'] ?? null,
      }));
      expect(await store.query(sql, { step: 2, id: "' OR 1 = 1 --" })).toEqual(expected);
      expect(await store.query('SELECT sum(reward) IS NULL AS none, sum(solveCount) AS solves FROM rollouts')).toEqual([
        {
          none: false,
          solves: [1, 2]
            .flatMap((i) => sampleStep(i, 3).rollouts)
            .reduce((sum, { observation }) => sum + observation.solveCount, 0),
        },
      ]);
    });

    it('gives statistics by step', async () => {
      const store = await create();
      await store.append(sampleStep(0, 1));
      await store.append(sampleStep(1, 1));
      expect(await store.query("SELECT step, statistics['loss'] AS loss FROM steps ORDER BY step")).toEqual([
        { step: 0, loss: 1 / 3 },
        { step: 1, loss: 1 / 4 },
      ]);
    });

    it('says what is wrong with a query, and goes on', async () => {
      const store = await create();
      await expect(store.query('SELECT nothing FROM rollouts')).rejects.toMatchObject({
        boundary: 'store',
        code: 'bad-query',
      });
      expect(await store.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    it('answers many readers at once while it grows: each sees whole steps', async () => {
      const store = await create();
      const append = async (): Promise<void> => {
        for (let index = 0; index < 8; index++) await store.append(sampleStep(index, 10));
      };
      const read = async (): Promise<void> => {
        for (let round = 0; round < 8; round++) {
          const rows = await store.query('SELECT step, count(*) AS n FROM rollouts GROUP BY step ORDER BY step');
          expect(rows).toEqual(rows.map((_, step) => ({ step, n: 10 })));
        }
      };
      await Promise.all([append(), read(), read(), read()]);
      expect(await store.query('SELECT count(*) AS n FROM rollouts')).toEqual([{ n: 80 }]);
    });

    it('answers after it was closed', async () => {
      const store = await create();
      await store.append(sampleStep(0, 1));
      await store.close();
      await store.close();
      expect(await store.read(0)).toStrictEqual(sampleStep(0, 1));
      expect(await store.query('SELECT count(*) AS n FROM rollouts')).toEqual([{ n: 1 }]);
    });
  });
}
