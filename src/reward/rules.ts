/** Every named rule. `evom` is the project's; the others are kept to compare published scores, and are forgeable. */

import { EvomError, expected } from '../errors.ts';
import { createEvomRule } from './evom.ts';
import { orlm } from './orlm.ts';
import type { Rule } from './rule.ts';
import { sirl, sirlReward } from './sirl.ts';

/** The rules by name, as `evom score --rule` takes them. */
export const RULES: readonly Rule[] = [createEvomRule(), orlm, sirl, sirlReward];

/** The rule of that name. `epsilon` is taken by `evom` alone: the others' tolerance is part of what they are. */
export function findRule(name: string, epsilon?: number): Rule {
  if (epsilon !== undefined && !(epsilon >= 0 && Number.isFinite(epsilon))) {
    throw new EvomError(
      'config',
      'bad-epsilon',
      expected('epsilon', 'a number, 0 or more', epsilon, 'Take 0.05 or 1e-4.'),
    );
  }
  const rule = RULES.find((known) => known.name === name);
  if (rule === undefined) {
    const names = RULES.map((known) => known.name).join(', ');
    throw new EvomError('config', 'unknown-rule', expected('rule', `one of ${names}`, name, 'Name one of these.'));
  }
  if (epsilon === undefined || epsilon === rule.epsilon) return rule;
  if (rule.name === 'evom') return createEvomRule({ epsilon });
  throw new EvomError(
    'config',
    'fixed-epsilon',
    expected('epsilon', `${rule.epsilon} under rule ${name}`, epsilon, 'Leave it out, or take rule evom.'),
  );
}
