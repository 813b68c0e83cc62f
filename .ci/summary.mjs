/** Counts the test runner's report and ends with `N passed, N failed`. Arguments: the report, the two exit codes. */

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const MESSAGE_LINES = 30;

const [file, checkCode, testCode] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;

if (checkCode === '0') passed += 1;
else failed += 1;
console.log(`npm run check: ${checkCode === '0' ? 'passed' : `failed (exit ${checkCode})`}; it counts as one test`);

let ran = 0;
try {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  ran = report.numPassedTests + report.numFailedTests;
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + report.numTodoTests;
  // A file that could not be loaded, or did not finish, failed though none of its tests says so.
  const broken = report.testResults.filter(
    (result) => result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
  );
  for (const result of broken) console.log(`failed as a whole: ${result.name}: ${result.message}`);
  failed += broken.length;
  // Named once more here, at the end, where the log is read first.
  for (const result of report.testResults) {
    for (const test of result.assertionResults) {
      if (test.status !== 'failed') continue;
      console.log(`failed: ${relative(process.cwd(), result.name)} > ${test.fullName}`);
      console.log(test.failureMessages.join('\n').split('\n').slice(0, MESSAGE_LINES).join('\n'));
    }
  }
} catch (error) {
  console.log(`npm test left no report: ${error.message}`);
}

if (ran === 0) {
  console.log(`No test ran${testCode === '124' ? ' to its end in time' : ''} (npm test exited ${testCode}).`);
  failed += 1;
} else if (testCode !== '0' && failed === (checkCode === '0' ? 0 : 1)) {
  console.log(`npm test exited ${testCode}${testCode === '124' ? ' (out of time)' : ''} though no test failed.`);
  failed += 1;
}
if (skipped > 0) console.log(`${skipped} skipped, each with its reason above`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
