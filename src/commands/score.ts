import { Command } from 'commander';
import { EvomError, expected } from '../errors.ts';
import { readRows } from '../problems/read-rows.ts';
import { EXIT_CODES } from './exit-code.ts';
import { type RuleFlags, ruleHelp, ruleOptions, rulesOf } from './options.ts';
import { type JudgedRow, readJudgedRow } from './rows/judged-row.ts';
import { type BadRow, reportBadRows } from './rows/program-rows.ts';
import { summarise } from './summary.ts';

export function scoreCommand(): Command {
  const command = new Command('score')
    .description('Judge the output rows of `evom verify` again, by another rule. Nothing is run.')
    .argument('<file>', 'what `evom verify --out` wrote')
    .addHelpText('after', ruleHelp());
  for (const option of ruleOptions()) command.addOption(option);
  return command.action(score);
}

async function score(path: string, flags: RuleFlags): Promise<void> {
  const rules = rulesOf(flags);
  const [rule] = rules;
  const { rows, bad } = await readOutput(path);
  if (reportBadRows(path, bad)) process.exitCode = EXIT_CODES.badInput;
  if (rows.length === 0) return;
  const judged = rows.map((row) => ({ ...row, verdict: row.answer === null ? null : rule.judge(row, row.answer) }));
  console.log(summarise(judged, rules));
}

async function readOutput(path: string): Promise<{ readonly rows: JudgedRow[]; readonly bad: BadRow[] }> {
  const { rows: found, issues } = await readRows(path);
  const bad: BadRow[] = issues.map(({ row, field, message }) => ({ row, field, message }));
  const rows = found.flatMap(({ row, value }) => {
    try {
      return [readJudgedRow(path, row, value)];
    } catch (error) {
      if (!(error instanceof EvomError)) throw error;
      bad.push({ row, field: null, message: error.message });
      return [];
    }
  });
  if (rows.length + bad.length > 0) return { rows, bad };
  throw new EvomError(
    'config',
    'empty-input',
    expected(path, 'a file with at least one row', 'none', 'Check the path.'),
  );
}
