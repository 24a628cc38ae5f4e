import { expect, inject, test } from 'vitest';
import { scenario } from '../scenario';
import { sampleWorkspace } from '../workspaces';

const here = scenario(sampleWorkspace);

/** The universal package has no LMDB for this machine, which has a package of its own. */
const isUniversal = inject('target') === 'universal';

test('a folder is indexed by the runtime that the package holds', async () => {
  await here.window.trust();
  await here.window.statusBar.item(/120 sequences/).waitFor();
  const { engine, editor } = await here.window.diagnostics();
  expect(editor).toMatch(/ 1\.\d+\.\d+$/);
  expect(engine).toMatchObject({
    runtime: isUniversal ? 'wasm' : 'native',
    isKept: !isUniversal,
    filesFromCache: 0,
  });
});

test('what is similar is found, and the distance is explained', async () => {
  const { explorer, results, page } = here.window;
  await explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('walker1_1.csv');
  const [first] = await results.matches();
  expect(first?.file).toMatch(/walker1_/);
  await results.row(1).click();
  await results.row(1).focus();
  await page.keyboard.press('c');
  await results.comparison.explained();
  const { parts, sum } = await results.comparison.parts();
  expect(parts.reduce((all, part) => all + part, 0)).toBeCloseTo(sum, 2);
});

test('the overview shows the folder', async () => {
  const { overview } = here.window;
  await here.window.runCommand('View: Close All Editors');
  await here.window.runCommand('Kindred: Overview');
  await overview.settled('72 sequences');
  expect(await overview.problem.count()).toBe(0);
  await here.window.runCommand('View: Close All Editors');
});

test('fine-tuning offers the labels that there are', async () => {
  const { fineTuning } = here.window;
  await here.window.runCommand('Kindred: Fine-Tune on Workspace Labels');
  await fineTuning.sets.first().waitFor();
});
