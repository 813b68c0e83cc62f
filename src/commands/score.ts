import { Command } from 'commander';
import { EPSILONS } from '../config.ts';
import { readRows } from '../problems/read-rows.ts';
import { createEvomRule } from '../reward/evom.ts';
import { findRule, RULES } from '../reward/rules.ts';
import { readJudgedRow } from './judged-row.ts';
import { reportBadRows } from './program-rows.ts';
import { summarise } from './summary.ts';

export function scoreCommand(): Command {
  const rules = RULES.map(({ name, describe }) => `  ${name.padEnd(12)} ${describe}`).join('\n');
  return new Command('score')
    .description('Judge the output rows of `evom verify` again, by another rule; nothing is run.')
    .argument('<file>', 'output of `evom verify --out`')
    .option('--rule <name>', RULES.map((rule) => rule.name).join(', '), 'evom')
    .addHelpText('after', `\nRules:\n${rules}`)
    .action(score);
}

async function score(path: string, { rule: name }: { rule: string }): Promise<void> {
  const { rows, issues } = await readRows(path);
  if (reportBadRows(path, issues)) process.exitCode = 2;
  const rules = name === 'evom' ? EPSILONS.map((epsilon) => createEvomRule({ epsilon })) : [findRule(name)];
  const first = rules[0] ?? findRule(name);
  const judged = rows
    .map(({ row, value }) => readJudgedRow(path, row, value))
    .map((row) => ({ ...row, verdict: row.answer === null ? null : first.judge(row, row.answer) }));
  console.log(summarise(judged, rules));
}
