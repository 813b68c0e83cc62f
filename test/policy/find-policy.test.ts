import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findPolicy, findTrainablePolicy } from '../../src/policy/find-policy.ts';
import { createScriptedPolicy, type ScriptedPolicy } from '../../src/policy/scripted.ts';

const folder = mkdtempSync(join(tmpdir(), 'evom-find-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('findPolicy', () => {
  it('knows the scripted policy by name, and by the folder that it was saved in', async () => {
    expect((await findPolicy('scripted')).name).toBe('scripted');
    const path = join(folder, 'saved');
    await createScriptedPolicy({ skill: 0.7 }).save(path);
    expect(((await findTrainablePolicy(path)) as ScriptedPolicy).skillOf('scip')).toBeCloseTo(0.7, 12);
  });

  it('opens an endpoint with a model, and asks for its name', async () => {
    const policy = await findPolicy('http://localhost:9/v1', { model: 'some-model' });
    expect(policy.name).toContain('some-model');
    await policy.close();
    await expect(findPolicy('http://localhost:9/v1')).rejects.toMatchObject({ boundary: 'config', code: 'no-model' });
  });

  it('says what it takes where it finds nothing', async () => {
    await expect(findPolicy(join(folder, 'nowhere'))).rejects.toThrow(/scripted, tiny, a folder.*http.*nowhere/s);
    await expect(findPolicy(folder)).rejects.toMatchObject({ code: 'unknown-policy' });
  });
});

it('findTrainablePolicy refuses an endpoint', async () => {
  await expect(findTrainablePolicy('https://localhost:9/v1', { model: 'm' })).rejects.toMatchObject({
    boundary: 'config',
    code: 'not-trainable',
  });
});
