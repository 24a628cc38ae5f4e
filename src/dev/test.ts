import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type Finished } from './command';
import { findBrowser } from './editor/browser';
import { editorObstacle, installEditor } from './editor/install';
import { inProject } from './project';
import { addOutcomes, countTests, oneTest, type Outcome } from './testCounts';
import { runTool } from './tool';

/** A step of `npm test`: what it ran, and how many tests passed. */
interface Step {
  readonly name: string;
  readonly run: () => Promise<StepResult>;
}

interface StepResult {
  readonly outcome: Outcome;
  /** Shown in full if a test failed. */
  readonly output: string;
}

/**
 * ESLint has a cache as well, but takes no notice of types that change in another file. TypeScript knows what depends on
 * what, and Prettier looks at one file at a time.
 */
const linting = ['--config', '.eslint.config.mjs', '--max-warnings', '0', '.'];
const typing = ['--noEmit', '--incremental', '--tsBuildInfoFile', cached('types.tsbuildinfo'), '-p', 'tsconfig.json'];
const formatting = ['--check', '--log-level', 'warn', '--cache', '--cache-location', cached('prettier'), '.'];

function cached(name: string): string {
  return inProject('node_modules/.cache/kindred', name);
}

/** One round after the other; the steps of a round run side by side. */
const rounds: readonly (readonly Step[])[] = [
  [
    { name: 'types', run: () => checked('typescript/bin/tsc', typing) },
    { name: 'format', run: () => checked('prettier/bin/prettier.cjs', formatting) },
  ],
  [{ name: 'unit tests', run: () => vitest('test/vitest.config.ts') }],
  // An editor mostly waits, and lint takes one processor.
  [
    { name: 'lint', run: () => checked('eslint/bin/eslint.js', linting) },
    { name: 'editor tests', run: () => editorTests() },
  ],
];

/** Mostly waits for the network. What fails here fails again, and is reported, when the editor tests begin. */
const editorPrepared = editorObstacle() === null ? prepareEditors() : null;

await runTool(async () => {
  let total: Outcome = { passed: 0, failed: 0, skipped: 0 };
  for (const round of rounds) {
    for (const outcome of await Promise.all(round.map(report))) total = addOutcomes(total, outcome);
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 ? 1 : 0;
});

async function report(step: Step): Promise<Outcome> {
  const began = Date.now();
  const { outcome, output } = await step.run();
  if (outcome.failed > 0) console.log(output);
  else for (const reason of output.matchAll(/^Skipped: .*$/gm)) console.log(reason[0]);
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  const { passed, failed, skipped } = outcome;
  console.log(`${step.name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`);
  return outcome;
}

async function checked(script: string, args: readonly string[]): Promise<StepResult> {
  const { code, output } = await node(script, args);
  return { outcome: oneTest(code === 0), output };
}

async function prepareEditors(): Promise<unknown> {
  const browser = findBrowser(console.log);
  // One after the other: both are unpacked and compiled.
  const editors = installEditor(console.log).then(() => installEditor(console.log, 'oldest'));
  return Promise.allSettled([browser, editors]);
}

async function editorTests(): Promise<StepResult> {
  await editorPrepared;
  const obstacle = editorObstacle();
  if (obstacle === null) {
    const all = await vitest('test/editor/vitest.config.ts');
    const smoke = await vitest('test/editor/smoke/vitest.config.ts');
    return { outcome: addOutcomes(all.outcome, smoke.outcome), output: `${all.output}\n${smoke.output}` };
  }
  return { outcome: { passed: 0, failed: 0, skipped: 1 }, output: `Skipped: the editor tests, because ${obstacle}.` };
}

async function vitest(config: string): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-tests-'));
  try {
    const file = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { code, output } = await node('vitest/vitest.mjs', ['run', '--config', config, ...reporters]);
    return { outcome: await countTests(file, code), output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function node(script: string, args: readonly string[]): Promise<Finished> {
  const env = { ...process.env, NO_COLOR: '1' };
  return run(process.execPath, [inProject('node_modules', script), ...args], { cwd: inProject(), env });
}
