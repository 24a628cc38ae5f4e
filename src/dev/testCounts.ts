import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import * as v from 'valibot';

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A check that is one test. */
export function oneTest(passed: boolean): Outcome {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

export function addOutcomes(a: Outcome, b: Outcome): Outcome {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

const report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(v.object({ status: v.string(), assertionResults: v.array(v.object({ status: v.string() })) })),
});

/**
 * Counts the tests in vitest's JSON report. A test file that could not even be loaded, and a run that failed without
 * saying where (exit code `code`), count as one failed test.
 */
export async function countTests(file: string, code: number): Promise<Outcome> {
  if (!existsSync(file)) return oneTest(false);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = v.parse(
    report,
    JSON.parse(await readFile(file, 'utf8')),
  );
  const failedFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((assertion) => assertion.status !== 'failed'),
  ).length;
  const known = numFailedTests + failedFiles;
  return {
    passed: numPassedTests,
    failed: code !== 0 && known === 0 ? 1 : known,
    skipped: numPendingTests + numTodoTests,
  };
}
