import { describe, expect, test } from 'vitest';
import { SOLVER_NAMES } from '../../src/types.ts';
import { ATTACK_GROUPS } from '../../src/verify/attacks/attack.ts';
import { formatAttackReport } from '../../src/verify/attacks/report.ts';
import { runAttacks } from '../../src/verify/attacks/run.ts';
import { ATTACKS } from '../../src/verify/attacks/table.ts';
import { verify } from '../../src/verify/index.ts';

const AT_LEAST = {
  'answer channel': 12,
  'model level': 10,
  resources: 14,
  files: 9,
  network: 7,
  'kernel surface': 8,
} as const;

/** Attacks that the bait itself must catch where no fence stands. They do nothing but touch it. */
const TOUCH_THE_BAIT = [
  'read-bait',
  'write-outside',
  'change-outside',
  'tcp',
  'udp',
  'unix-socket',
  'abstract-socket',
  'listen',
];

describe('the attack table', () => {
  test.each(ATTACK_GROUPS)('has enough attacks on the %s', (group) => {
    expect(ATTACKS.filter((attack) => attack.group === group).length).toBeGreaterThanOrEqual(AT_LEAST[group]);
  });

  test('names every attack once and says which property it tests', () => {
    expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
    for (const { what } of ATTACKS) expect(what).toMatch(/^[A-Z].+\.$/);
  });

  test.for(TOUCH_THE_BAIT)('has teeth: without a sandbox the bait shows %s', async (name, { skip }) => {
    const report = await runAttacks({
      solvers: ['highs'],
      attacks: ATTACKS.filter((attack) => attack.name === name),
      verify: (programs, options) => verify(programs, { ...options, isolation: 'none' }),
    });
    if (report.missing[0]) skip(report.missing[0].reason);
    expect(report).toMatchObject({ escapes: 1, isHeld: false });
  });
});

describe('the sandbox and the certificate', () => {
  test('hold against the whole table on HiGHS', { timeout: 300_000 }, async ({ skip }) => {
    const report = await runAttacks({ solvers: ['highs'] });
    if (report.missing[0]) skip(report.missing[0].reason);
    expect(report, formatAttackReport(report)).toMatchObject({ isHeld: true, untried: 0, escapes: 0, forged: 0 });
    expect(report.killDelayMs.p99).toBeLessThanOrEqual(1000);
  });

  test.for(SOLVER_NAMES.filter((name) => name !== 'highs'))(
    'hold against the answer channel and model attacks on %s',
    { timeout: 300_000 },
    async (solver, { skip }) => {
      const isQuick = ({ maxRepeat }: { maxRepeat?: number }): boolean => maxRepeat === undefined;
      const groups = ['answer channel', 'model level'];
      const attacks = ATTACKS.filter((attack) => groups.includes(attack.group) && isQuick(attack));
      const report = await runAttacks({ solvers: [solver], attacks });
      if (report.missing[0]) skip(report.missing[0].reason);
      expect(report, formatAttackReport(report)).toMatchObject({ isHeld: true, untried: 0, escapes: 0, forged: 0 });
    },
  );
});
