import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { EvomError, expected } from '../errors.ts';
import { acceptedHash, benchmarkFolder, checkHash, hashOfFile } from '../problems/benchmark-folder.ts';
import { fetchProblems } from '../problems/fetch.ts';
import { FORMATS } from '../problems/formats/detect.ts';
import type { FormatName } from '../problems/formats/format.ts';
import { lintProblems } from '../problems/lint.ts';
import { renderLint } from '../problems/lint-text.ts';
import { loadProblems } from '../problems/load.ts';
import { addressOf, fileNameOf, PUBLIC_SETS, type PublicSet } from '../problems/public-sets.ts';
import { FAMILIES } from '../problems/synthetic/families.ts';
import type { AnswerKind, Difficulty } from '../problems/synthetic/family.ts';
import { generateProblems, type SyntheticProblem } from '../problems/synthetic/generate.ts';
import { writeProgram } from '../problems/synthetic/program.ts';
import type { Split } from '../problems/synthetic/wording.ts';
import { renderTable } from '../text-table.ts';
import type { SolverName } from '../types.ts';
import { EXIT_CODES } from './exit-code.ts';
import { solverOption, wholeNumber } from './options.ts';

export function problemsCommand(): Command {
  return new Command('problems')
    .description('Word problems: look at a file, get a public set, make synthetic ones.')
    .addCommand(lintCommand())
    .addCommand(fetchCommand())
    .addCommand(generateCommand());
}

function lintCommand(): Command {
  const formats = FORMATS.map(({ name, summary }) => `  ${name.padEnd(13)} ${summary}`).join('\n');
  return new Command('lint')
    .description('Print what is odd in a file of problems. Exit code 1 where a row cannot be used.')
    .argument('<file>', 'a file (JSONL, JSON, CSV or Parquet), or the name of a fetched public set')
    .addOption(new Option('--format <name>', 'default: found from the fields').choices(FORMATS.map(({ name }) => name)))
    .addHelpText('after', `\nFormats:\n${formats}`)
    .action(async (name: string, { format }: { format?: FormatName }) => {
      const report = lintProblems(await loadProblems({ name }, format === undefined ? {} : { format }));
      process.stdout.write(renderLint(report));
      if (report.findings.some(({ severity }) => severity === 'error')) process.exitCode = EXIT_CODES.failure;
    });
}

function fetchCommand(): Command {
  return new Command('fetch')
    .description('Get a public set at its pinned revision and check its hash; without a name, list the sets.')
    .argument('[name]', 'a public set')
    .option('--accept-hash <sha256>', 'take a file whose hash is not known here, by the hash that was printed')
    .addHelpText(
      'after',
      '\nFiles lie in $EVOM_BENCHMARKS, or ~/.cache/evom/benchmarks. Their text is not part of EVOM.',
    )
    .action(async (name: string | undefined, { acceptHash }: { acceptHash?: string }) => {
      if (name === undefined) return console.log(await listSets());
      const { set, path, sha256, wasThere } = await fetchProblems(name, acceptHash === undefined ? {} : { acceptHash });
      console.log(`${set.name}: ${wasThere ? 'already there' : 'fetched'}, SHA-256 ${sha256}\n${path}`);
    });
}

async function listSets(): Promise<string> {
  const folder = benchmarkFolder();
  const rows = await Promise.all(
    PUBLIC_SETS.map(async (set) => [set.name, String(set.count ?? '-'), await stateOf(set, folder), set.note]),
  );
  const table = renderTable([['set', 'problems', 'state', 'labels'], ...rows]);
  return `${table}\n\nFolder: ${folder} (set EVOM_BENCHMARKS to choose another)\nGet one by \`evom problems fetch NAME\`.`;
}

async function stateOf(set: PublicSet, folder: string): Promise<string> {
  const path = `${folder}/${fileNameOf(set)}`;
  const seen = await hashOfFile(path);
  if (seen === null) return set.sha256 === null ? 'not fetched, hash unknown' : 'not fetched';
  try {
    checkHash(set, seen, await acceptedHash(path), addressOf(set));
    return 'fetched';
  } catch {
    return set.sha256 === null ? 'there, hash not accepted' : 'there, OTHER HASH';
  }
}

interface GenerateFlags {
  readonly seed: number;
  readonly count: number;
  readonly split: Split;
  readonly families?: readonly string[];
  readonly difficulty?: string;
  readonly answers?: readonly AnswerKind[];
  readonly programs?: SolverName;
  readonly out?: string;
}

function generateCommand(): Command {
  const families = FAMILIES.map(({ name, isHeldOut }) => (isHeldOut ? `${name} (held-out only)` : name)).join(', ');
  const programs = solverOption();
  return new Command('generate')
    .description('Make synthetic problems as JSON lines {id, text, answer, source, family, difficulty, split, model}.')
    .option('--seed <n>', 'the same seed gives the same problems', seedOf, 0)
    .option('--count <n>', 'how many', wholeNumber('count'), 10)
    .addOption(
      new Option('--split <name>', 'half of the wordings; two families are held out')
        .choices(['train', 'held-out'])
        .default('train'),
    )
    .option('--families <names>', 'separated by commas (default: all of the split)', splitAtCommas)
    .addOption(new Option('--difficulty <level>', '(default: all three)').choices(['1', '2', '3']))
    .option('--answers <kinds>', 'of number, infeasible, unbounded (default: all, mostly numbers)', answersOf)
    .addOption(
      new Option(
        '--programs <solver>',
        'write rows {id, solver, program, answer, problem} with reference programs, as `evom verify` reads them',
      ).argParser(programs.parseArg as (text: string) => SolverName),
    )
    .option('--out <file>', 'default: standard output')
    .addHelpText(
      'after',
      `\nFamilies: ${families}.\n\nExample:\n  evom problems generate --programs highs | evom verify -`,
    )
    .action(generate);
}

function generate({ difficulty, programs, out, ...options }: GenerateFlags): void {
  const level = difficulty === undefined ? {} : { difficulty: Number(difficulty) as Difficulty };
  const problems = generateProblems({ ...options, ...level });
  const rows = programs === undefined ? problems : problems.map((problem) => programRow(problem, programs));
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  if (out === undefined) process.stdout.write(text);
  else writeOut(out, text);
}

function programRow({ id, model, answer, text }: SyntheticProblem, solver: SolverName): Record<string, unknown> {
  return { id, solver, program: writeProgram(model, solver), answer, problem: text };
}

function writeOut(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    const next = 'Choose another.';
    throw new EvomError('config', 'unwritable-output', expected('--out', 'a file that can be written', path, next), {
      cause,
    });
  }
}

function splitAtCommas(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function seedOf(text: string): number {
  const seed = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(seed)) return seed;
  throw new EvomError('config', 'bad-seed', expected('--seed', 'a whole number', text, 'Correct the option.'));
}

const ANSWERS: readonly AnswerKind[] = ['number', 'infeasible', 'unbounded'];

function answersOf(text: string): readonly AnswerKind[] {
  return splitAtCommas(text).map((name) => {
    const kind = ANSWERS.find((known) => known === name);
    if (kind !== undefined) return kind;
    throw new EvomError(
      'config',
      'bad-answers',
      expected('--answers', `among ${ANSWERS.join(', ')}`, name, 'Correct the option.'),
    );
  });
}
