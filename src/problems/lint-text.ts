/** A lint report as text, for `evom problems lint FILE`. Pure. */

import type { LintFinding, LintReport } from './lint.ts';

/** Findings of one kind that are shown before "and n more". */
const SHOWN = 5;

/** A line on the set, then the findings by kind, errors first. Ends with a line feed. */
export function renderLint(report: LintReport, shown: number = SHOWN): string {
  const { counts } = report;
  const head =
    `${report.name}: ${plural(counts.problems, 'problem')}, label set ${report.labelSet}; labels: ` +
    `${counts.numbers} numbers, ${counts.noSolution} no-solution, ${counts.infeasible} infeasible, ` +
    `${counts.unbounded} unbounded; ${plural(counts.dropped, 'row')} dropped.`;
  if (report.findings.length === 0) return `${head}\nNothing odd.\n`;
  const groups = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const findings = report.findings.filter((finding) => finding.severity === severity);
    return [...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, group]) => {
      const lines = group.slice(0, shown).map((finding) => `  ${place(finding)}: ${finding.message}`);
      const more = group.length > shown ? [`  … and ${group.length - shown} more`] : [];
      return [`${severity} ${kind} (${group.length})`, ...lines, ...more].join('\n');
    });
  });
  return `${[head, ...groups].join('\n')}\n`;
}

function place({ row, id }: LintFinding): string {
  return [row === null ? null : `row ${row}`, id].filter((part) => part !== null).join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
