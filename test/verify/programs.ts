/** Programs for HiGHS, which needs no licence and starts fastest. */

/** max x, x ≤ value: optimal at `value`. */
export const optimumOf = (value: number): string =>
  `import highspy\nh = highspy.Highs()\nh.silent()\nx = h.addVariable(lb=0, ub=${value})\nh.maximize(x)\nprint("done")\n`;

/** As {@link optimumOf}, after some time asleep. */
export const slowOptimumOf = (value: number, seconds: number): string =>
  `import time\ntime.sleep(${seconds})\n${optimumOf(value)}`;

export const SPIN = 'while True:\n    pass\n';
export const SLEEP = 'import time\ntime.sleep(60)\n';
