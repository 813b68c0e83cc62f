/**
 * What is odd in a set: every row issue of its loading, and what looks wrong although it loads. Hints, never verdicts: a
 * label of 0 may be right. Pure.
 *
 * Not covered: whether a label is right (that takes a model), near-duplicates, and languages without digits.
 */

import type { Problem, ProblemSet, RowIssue } from '../types.ts';

/** What is odd beyond the row issues. */
export type Oddity =
  | 'huge-answer'
  | 'zero-answer'
  | 'sentinel-answer'
  | 'no-solution-answer'
  | 'short-text'
  | 'long-text'
  | 'placeholder'
  | 'no-number'
  | 'escaped-line-break';

export interface LintFinding {
  readonly kind: RowIssue['kind'] | Oddity;
  /** `error`: the row is not used; `warning`: likely a mistake; `note`: worth knowing when reading a score. */
  readonly severity: 'error' | 'warning' | 'note';
  /** 1-based line or row; null for findings about a problem, which has an id. */
  readonly row: number | null;
  readonly id: string | null;
  readonly message: string;
}

export interface LintReport {
  readonly name: string;
  readonly labelSet: string;
  readonly counts: {
    readonly problems: number;
    readonly numbers: number;
    readonly noSolution: number;
    readonly infeasible: number;
    readonly unbounded: number;
    /** Rows that could not be used. */
    readonly dropped: number;
  };
  readonly findings: readonly LintFinding[];
}

/** From here on a double's own spacing, 0.125, says that the label is a stand-in for infinity or a slip. */
const HUGE = 1e15;
/** Characters. Shorter than any problem of the public sets; longer than nearly all, and than a prompt of 4096 tokens. */
const SHORT = 60;
const LONG = 12_000;

export function lintProblems(set: ProblemSet): LintReport {
  const countOf = (answer: Problem['answer']): number =>
    set.problems.filter((problem) => problem.answer === answer).length;
  return {
    name: set.name,
    labelSet: set.labelSet,
    counts: {
      problems: set.problems.length,
      numbers: set.problems.filter(({ answer }) => typeof answer === 'number').length,
      noSolution: countOf('no-solution'),
      infeasible: countOf('infeasible'),
      unbounded: countOf('unbounded'),
      dropped: set.issues.filter(({ dropped }) => dropped).length,
    },
    findings: [...set.issues.map(fromIssue), ...set.problems.flatMap(lintProblem)],
  };
}

function fromIssue({ row, id, kind, message, dropped }: RowIssue): LintFinding {
  return { kind, severity: dropped ? 'error' : 'warning', row, id, message };
}

function lintProblem(problem: Problem): readonly LintFinding[] {
  const found = (kind: Oddity, severity: LintFinding['severity'], message: string): LintFinding => ({
    kind,
    severity,
    row: null,
    id: problem.id,
    message,
  });
  const { text, answer } = problem;
  const findings: LintFinding[] = [];
  if (typeof answer !== 'number') findings.push(found('no-solution-answer', 'note', `the label is ${answer}`));
  else if (Math.abs(answer) >= HUGE) findings.push(found('huge-answer', 'warning', `the label is ${answer}`));
  else if (answer === 0) findings.push(found('zero-answer', 'note', 'the label is 0: the error is relative to δ'));
  else if (isSentinel(answer))
    findings.push(found('sentinel-answer', 'warning', `${answer} may stand for no solution`));

  if (text.length < SHORT) findings.push(found('short-text', 'warning', `${text.length} characters`));
  if (text.length > LONG) findings.push(found('long-text', 'warning', `${text.length} characters`));
  const placeholder = findPlaceholder(text);
  if (placeholder !== null) findings.push(found('placeholder', 'warning', `unfilled \`${placeholder}\``));
  if (!/\p{Nd}/u.test(text)) findings.push(found('no-number', 'note', 'no digit in the text'));
  if (text.includes('\\n')) findings.push(found('escaped-line-break', 'note', 'a literal \\n, escaped twice'));
  return findings;
}

/** -9999, -99999, …, 999999, …: what files put where there is no answer. */
function isSentinel(answer: number): boolean {
  return answer < 0 ? /^-9{4,}$/.test(String(answer)) : /^9{6,}$/.test(String(answer));
}

/** Templates' holes: `{{x}}`, `{name}` outside LaTeX, `<NAME>`, `[NAME]`, `\param{x}`, `TODO`, `___`. */
const PLACEHOLDER =
  /\{\{[^{}]+\}\}|(?<![\\\w^_}{])\{[a-z][\w .]*\}(?!\})|<[A-Z][A-Z_ ]{2,}>|\[[A-Z][A-Z_ ]{2,}\]|\\(?:param|var)\{[^{}]*\}|\b(?:TODO|TBD|FIXME|XXX)\b|(?<![\w_])_{3,}(?![\w_])/;

function findPlaceholder(text: string): string | null {
  return PLACEHOLDER.exec(text)?.[0] ?? null;
}
