import { defineConfig, type ViteUserConfig } from 'vitest/config';
import type { Reporter, TestModule } from 'vitest/node';

/** Prints every skipped test with its reason, so that a green run says what it did not look at. */
const skipReporter: Reporter = {
  onTestRunEnd(testModules: readonly TestModule[]): void {
    for (const testModule of testModules) {
      for (const test of testModule.children.allTests()) {
        const result = test.result();
        if (result.state !== 'skipped') continue;
        console.log(`skipped: ${testModule.relativeModuleId} > ${test.fullName}: ${result.note ?? 'no reason given'}`);
      }
    }
  },
};

const reportFile = process.env['EVOM_TEST_REPORT'];

/** Tests that start solvers: one file at a time, so that two cores are enough and timings mean something. */
const serial = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 } as const;

const RUN_NOTEBOOKS = 'test/notebooks/run.test.ts';

const config: ViteUserConfig = defineConfig({
  test: {
    reporters: reportFile ? ['default', skipReporter, ['json', { outputFile: reportFile }]] : ['default', skipReporter],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/solvers/**', 'test/verify/**', 'test/e2e/**', 'test/browser/**', RUN_NOTEBOOKS],
          maxWorkers: 2,
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { name: 'solvers', include: ['test/solvers/**/*.test.ts'], ...serial, sequence: { groupOrder: 1 } } },
      { test: { name: 'verify', include: ['test/verify/**/*.test.ts'], ...serial, sequence: { groupOrder: 2 } } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', RUN_NOTEBOOKS],
          ...serial,
          sequence: { groupOrder: 3 },
        },
      },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...serial, sequence: { groupOrder: 4 } } },
    ],
  },
});

export default config;
