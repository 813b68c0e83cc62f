import { describe, expect, test } from 'vitest';
import type { Certificate, Observation } from '../../src/types.ts';
import type { Attack } from '../../src/verify/attacks/attack.ts';
import { judgeAttack } from '../../src/verify/attacks/judge.ts';
import { python } from '../../src/verify/attacks/program.ts';
import { unrun } from '../../src/verify/verifier.ts';

const ATTACK: Attack = { name: 'a', group: 'files', what: 'x', program: () => '' };
const PROBE = { secrets: ['secret-1'], touched: [] };
const RAN = { stdout: 'TRIED\n' };

const observe = (fields: Partial<Observation>): Observation => ({
  ...unrun({ id: 'x', solver: 'highs', program: '' }, 'no-solve', '', 'landlock+seccomp'),
  ...RAN,
  ...fields,
});

const agreeing = (objective: number, kind: Certificate['kind'] = 'agrees'): Partial<Observation> => ({
  outcome: 'solved',
  status: 'optimal',
  objective,
  claimed: { api: 'highspy', rawStatus: 'Optimal', status: 'optimal', objective },
  certificate: {
    kind,
    by: 'highs-wasm',
    solve: { status: 'optimal', objective },
    reason: '',
    degenerate: ['no-linking-row'],
    size: null,
    durationMs: 1,
  },
});

describe('the judge of attacks', () => {
  test.each<[string, Partial<Attack>, Partial<Observation>, string]>([
    ['a refused attack is stopped', {}, { outcome: 'blocked' }, 'stopped'],
    ['an honest result beside the attack is stopped', {}, agreeing(2268), 'stopped'],
    ['the label certified is forged', {}, agreeing(4242), 'forged'],
    ['any value that was not handed in is forged', {}, agreeing(2269), 'forged'],
    ['any value where nothing was handed in is forged', { certifiable: 'nothing' }, agreeing(2268), 'forged'],
    ['a result without agreement is forged', { certifiable: 'any' }, agreeing(7, 'disagrees'), 'forged'],
    ['a status of nobody’s is forged', {}, { outcome: 'solved', status: 'Object' as never }, 'forged'],
    ['an incumbent is no result', {}, { outcome: 'solved', status: 'feasible' }, 'stopped'],
    ['a declared guess is listed', { notStopped: 'y', certifiable: 4242 }, agreeing(4242), 'listed'],
    ['a program’s own word counts against us', {}, { stdout: 'TRIED\nLEAK x' }, 'escaped'],
    ['a secret in the log is an escape', {}, { stdout: 'TRIED secret-1' }, 'escaped'],
    ['our own failure is an escape', {}, { outcome: 'infra' }, 'escaped'],
    ['an ending that was not expected is an escape', { outcomes: ['time'] }, { outcome: 'no-solve' }, 'escaped'],
    ['a program that never attacked is untried', {}, { stdout: '' }, 'untried'],
  ])('%s', (_, attack, observation, ruling) => {
    expect(judgeAttack({ ...ATTACK, ...attack }, observe(observation), PROBE).ruling).toBe(ruling);
  });

  test('what reached the bait is an escape, whatever the program says', () => {
    const ruling = judgeAttack(ATTACK, observe({}), { ...PROBE, touched: ['connected to 127.0.0.1'] });
    expect(ruling).toMatchObject({ ruling: 'escaped', evidence: 'connected to 127.0.0.1' });
  });
});

test('Python in a template keeps its escapes and its shape', () => {
  const inner = python`
    def f():
        return "a\n"
  `;
  const outer = python`
    if True:
        ${inner}
    print(${4242})
  `;
  expect(outer).toBe('if True:\n    def f():\n        return "a\\n"\nprint(4242)');
});
