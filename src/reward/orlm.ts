/**
 * ORLM's published rule, kept for comparison. FORGEABLE: it reads what the program printed, so one `print` earns it.
 * Never train on it.
 *
 * Source: github.com/Cardinal-Operations/ORLM, eval/execute.py. The program must exit with 0; the objective is what
 * follows the first marker, up to the end of its line; without a marker, the text `No Best Solution` anywhere. Both
 * numbers are rounded to integers (half to even, Python's `round`) and may then differ by 5 % of the label.
 * So 1.6 passes for 2.5, and 1050 for 1000.
 *
 * Where this differs: their script stops altogether at a value that Python cannot read or round (`nan`, `inf`,
 * `1,000`), here the row is a miss; they read standard output alone, an observation holds both streams; a program must
 * print the marker itself, their harness appends it; their wall limit is 300 s.
 */

import type { Answer, Observation, Verdict } from '../types.ts';
import { failureVerdict, MARKER, type Rule, ranToEnd, silenceVerdict } from './rule.ts';

const TOLERANCE = 0.05;
const NO_SOLUTION = 'No Best Solution';

export const orlm: Rule = {
  name: 'orlm',
  describe: 'printed objective within 5 % of the label after rounding both to integers; forgeable by a print',
  epsilon: TOLERANCE,
  forgeable: true,
  judge,
};

function judge(observation: Observation, answer: Answer): Verdict {
  if (!ranToEnd(observation)) return failureVerdict(observation);
  const printed = readPrinted(observation.stdout);
  if (printed === null) return silenceVerdict(observation);
  if (typeof answer !== 'number') return printed === NO_SOLUTION ? 'correct' : 'wrong-status';
  if (printed === NO_SOLUTION) return 'wrong-status';
  const value = roundHalfToEven(readPythonFloat(printed));
  const label = roundHalfToEven(answer);
  const error = label === 0 ? Math.abs(value) : Math.abs((value - label) / label);
  return error <= TOLERANCE ? 'correct' : 'wrong-objective';
}

/** What follows the first marker, or `No Best Solution`, or null. An empty marker line takes the next line, as theirs does. */
function readPrinted(stdout: string): string | null {
  const text = stdout.replace(/\r\n?/g, '\n');
  const start = text.indexOf(MARKER);
  if (start === -1) return text.includes(NO_SOLUTION) ? NO_SOLUTION : null;
  const rest = text.slice(start).replaceAll(MARKER, '').trim();
  return rest.split('\n', 1)[0] ?? '';
}

const PYTHON_FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;

/** Python's `float(text)`; NaN where that raises, and for `nan` and `inf`, which `round` refuses. */
export function readPythonFloat(text: string): number {
  const trimmed = text.trim();
  return PYTHON_FLOAT.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : Number.NaN;
}

/** Python's `round(x)`: halves go to the even integer. */
export function roundHalfToEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}
