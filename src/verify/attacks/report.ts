import { ATTACK_GROUPS } from './attack.ts';
import type { AttackReport, AttackRow } from './run.ts';

/** The report as text: a line per attack, what is not stopped, and the totals. */
export function formatAttackReport(report: AttackReport): string {
  const lines: string[] = [];
  for (const group of ATTACK_GROUPS) {
    const rows = report.rows.filter((row) => row.group === group);
    if (rows.length === 0) continue;
    lines.push('', `${group} (${rows.length})`);
    for (const row of rows)
      lines.push(`  ${row.name.padEnd(30)} ${verdict(row).padEnd(24)} ${outcomes(row)}`, ...details(row));
  }
  const listed = report.rows.filter(({ notStopped }) => notStopped !== null);
  lines.push('', 'Not stopped, listed as such:');
  for (const { name, notStopped, flags } of listed) {
    lines.push(
      `  ${name.padEnd(30)} ${flags.length > 0 ? `flags: ${flags.join(', ')}` : 'no flag on every solver'}; ${notStopped}`,
    );
  }
  lines.push('', ...totals(report));
  return lines.join('\n').trimStart();
}

function verdict({ rulings, runs }: AttackRow): string {
  const bad = (['escaped', 'forged', 'untried'] as const).filter((ruling) => rulings[ruling] > 0);
  if (bad.length > 0) return bad.map((ruling) => `${rulings[ruling]} ${ruling.toUpperCase()}`).join(', ');
  return rulings.listed > 0 ? `${rulings.listed}/${runs} listed` : `${rulings.stopped}/${runs} stopped`;
}

function outcomes({ outcomes }: AttackRow): string {
  return Object.entries(outcomes)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join(', ');
}

function details({ evidence }: AttackRow): string[] {
  const shown = [...new Set(evidence)].slice(0, 5).map((text) => `      ${text.slice(0, 300)}`);
  return evidence.length > shown.length ? [...shown, `      … ${evidence.length} runs in all`] : shown;
}

function totals(report: AttackReport): string[] {
  const { killDelayMs: delay, rows, runs, solvers } = report;
  const list = (name: string, items: readonly string[]): string[] => [
    `${name.padEnd(24)} ${items.length}`,
    ...items.slice(0, 5).map((item) => `  ${item.slice(0, 300)}`),
  ];
  return [
    `${rows.length} attacks, ${runs} runs on ${solvers.join(', ')} in ${Math.round(report.durationMs / 1000)} s`,
    ...report.missing.map(({ solver, reason }) => `left out: ${solver}: ${reason}`),
    `${'escapes'.padEnd(24)} ${report.escapes}`,
    `${'forged rewards'.padEnd(24)} ${report.forged}`,
    `${'untried'.padEnd(24)} ${report.untried}`,
    ...list('processes of programs', report.grandchildren),
    ...list('orphans', report.orphans),
    ...list('scratch left over', report.leftovers),
    ...list(`changed of ${report.honestRuns} honest`, report.changedHonest),
    `${'kill delay'.padEnd(24)} p50 ${Math.round(delay.p50)} ms, p99 ${Math.round(delay.p99)} ms, max ${Math.round(delay.max)} ms past the limit, n = ${delay.count}`,
    `${'peak memory of Node'.padEnd(24)} ${Math.round(report.peakBytes / 2 ** 20)} MiB`,
    report.isHeld ? 'held' : 'NOT HELD',
  ];
}
