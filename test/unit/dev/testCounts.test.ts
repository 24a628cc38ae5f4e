import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addOutcomes, countTests, oneTest } from '../../../src/dev/testCounts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-counts-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function counted(report: object, code: number) {
  const file = join(folder, 'report.json');
  await writeFile(file, JSON.stringify(report));
  return countTests(file, code);
}

const allWell = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

test('counts tests that passed and tests that were skipped', async () => {
  expect(await counted(allWell, 0)).toEqual({ passed: 3, failed: 0, skipped: 2 });
});

test('a file that could not be loaded is one failed test', async () => {
  const unloaded = { status: 'failed', assertionResults: [] };
  expect(await counted({ ...allWell, testResults: [unloaded] }, 1)).toMatchObject({ passed: 3, failed: 1 });
});

test('a failed test is not counted again for its file', async () => {
  const file = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
  expect(await counted({ ...allWell, numFailedTests: 1, testResults: [file] }, 1)).toMatchObject({ failed: 1 });
});

test('a run that fails without a failed test, or without a report, is one failed test', async () => {
  expect(await counted(allWell, 1)).toMatchObject({ passed: 3, failed: 1 });
  expect(await countTests(join(folder, 'missing.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('outcomes add up', () => {
  expect(addOutcomes(oneTest(true), oneTest(false))).toEqual({ passed: 1, failed: 1, skipped: 0 });
});
