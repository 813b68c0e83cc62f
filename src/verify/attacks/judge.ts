import { AGREEMENT_GAP } from '../../config.ts';
import type { Observation } from '../../types.ts';
import { type Attack, HONEST_OPTIMUM, LABEL, type Probe, type Ruling } from './attack.ts';

const STATUSES = ['optimal', 'infeasible', 'unbounded', 'infeasible-or-unbounded', 'feasible', 'limit', 'error'];

/** Rules on one run of an attack, by what the kernel and the bait showed; the program's own word only counts against us. */
export function judgeAttack(attack: Attack, observation: Observation, probe: Probe): Ruling {
  const flags = observation.certificate?.degenerate ?? [];
  const rule = (ruling: Ruling['ruling'], evidence: string): Ruling => ({ ruling, evidence, flags });
  const breakout = escaped(attack, observation, probe);
  if (breakout) return rule('escaped', breakout);
  const forgery = forged(attack, observation);
  if (forgery) return attack.notStopped ? rule('listed', forgery) : rule('forged', forgery);
  if (!observation.stdout.includes('TRIED')) return rule('untried', ending(observation));
  return rule('stopped', ending(observation));
}

function escaped(attack: Attack, observation: Observation, probe: Probe): string | null {
  const { outcome, stdout } = observation;
  const secret = probe.secrets.find((known) => stdout.includes(known));
  if (secret) return `printed the secret ${secret}`;
  if (probe.touched.length > 0) return probe.touched.join('; ');
  const leak = /^LEAK .*/m.exec(stdout);
  if (leak) return leak[0];
  if (observation.detail?.includes('fork server ended'))
    return `took its fork server down: ${observation.detail.slice(-200)}`;
  if (outcome === 'infra') return `took us down: ${observation.detail}`;
  if (attack.outcomes && !attack.outcomes.includes(outcome)) return `ended as ${ending(observation)}`;
  return attack.judge?.(observation, probe) ?? null;
}

/** Why the certified result is not one that the program earned; null where it is, or where there is none. */
function forged(attack: Attack, observation: Observation): string | null {
  const { outcome, status, objective, claimed, certificate } = observation;
  if (outcome !== 'solved') return null;
  if (status === null || !STATUSES.includes(status)) return `a status out of the union: ${String(status)}`;
  if (status === 'feasible' || status === 'limit') return null;
  if (certificate?.kind !== 'agrees') return `solved without an agreeing certificate (${certificate?.kind})`;
  const may = attack.certifiable ?? HONEST_OPTIMUM;
  if (may === 'nothing') return `certified ${status} ${objective}`;
  if (typeof may === 'string' && may !== 'any') return status === may ? null : `certified ${status} ${objective}`;
  if (status !== 'optimal') return may === 'any' ? null : `certified ${status}`;
  if (!isNear(claimed?.objective, objective)) return `claimed ${claimed?.objective} but certified ${objective}`;
  if (attack.notStopped) return isNear(objective, LABEL) ? `certified ${objective}` : null;
  return may === 'any' || isNear(objective, may) ? null : `certified ${objective}`;
}

function isNear(value: number | null | undefined, truth: number | null): boolean {
  if (value === null || value === undefined || truth === null) return false;
  return Math.abs(value - truth) <= AGREEMENT_GAP * Math.abs(truth) + 1e-6;
}

function ending({ outcome, objective, detail }: Observation): string {
  return [outcome, objective, detail].filter((part) => part !== null).join(', ');
}
