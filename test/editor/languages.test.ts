import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const screenshots = inProject('test/editor/.work/screenshots');

const read = async (path: string) => JSON.parse(await readFile(inProject(path), 'utf8')) as Record<string, string>;

describe.each(['de', 'ja'])('in %s', (language) => {
  const here = scenario(sampleWorkspace, language);

  const picture = async (name: string) => {
    await mkdir(screenshots, { recursive: true });
    await here.window.screenshot(join(screenshots, `${language}-${name}.png`));
  };

  test('the menu, the status bar and the panel speak the language', async () => {
    const { explorer, page, results, statusBar } = here.window;
    const manifest = await read(`package.nls.${language}.json`);
    const messages = await read(`l10n/bundle.l10n.${language}.json`);
    await here.window.trust();
    await statusBar.item(messages['{0} sequences']!.replace('{0}', '120')).waitFor();
    await explorer.chooseInContextMenu('walking/walker1_1.csv', manifest['command.findSimilar']!);
    await results.showsMatchesOf('walker1_1.csv');
    await results.frame.locator(`html[lang="${language}"]`).waitFor();
    await results.frame.locator('h2', { hasText: messages['Most similar']! }).waitFor();
    expect(await results.accessibilityProblems()).toEqual([]);
    await picture('panel');
    await results.row(1).focus();
    await page.keyboard.press('m');
    await results.frame.getByRole('img', { name: messages['marked: more like this']! }).waitFor();
    await results.row(3).focus();
    await page.keyboard.press('n');
    await results.frame.getByRole('list', { name: messages['Not like']!, exact: true }).waitFor();
    expect(await results.accessibilityProblems()).toEqual([]);
    await results.frame.locator('.query-set').scrollIntoViewIfNeeded();
    await picture('several');
    await results.row(2).focus();
    await page.keyboard.press('c');
    await results.frame.locator('h3', { hasText: messages['What makes the difference']! }).waitFor();
    await results.frame.locator('.reasons li').nth(2).waitFor();
    await picture('comparison');
  });

  test('the editor for recordings speaks the language', async () => {
    const { explorer, recording } = here.window;
    const messages = await read(`l10n/bundle.l10n.${language}.json`);
    await (await explorer.reveal('handwriting/anna_m_1.npy')).dblclick();
    await recording.shows('anna_m_1.npy');
    await recording.plots.drawn();
    await recording.frame.locator('vscode-button', { hasText: messages['Find similar']! }).waitFor();
    await recording.frame.locator('h2', { hasText: messages['Channels']! }).waitFor();
    expect(await recording.accessibilityProblems()).toEqual([]);
    await picture('recording');
  });

  test('the overview speaks the language', async () => {
    const { overview } = here.window;
    const manifest = await read(`package.nls.${language}.json`);
    const messages = await read(`l10n/bundle.l10n.${language}.json`);
    await here.window.runCommand(`Kindred: ${manifest['command.overview']!}`);
    await overview.settled(messages['{0} sequences']!.replace('{0}', '72'));
    await overview.tab(messages['Outliers']!).click();
    expect(await overview.accessibilityProblems()).toEqual([]);
    await overview.tab(messages['Map']!).click();
    await picture('overview');
  });

  test('the side bar speaks the language', async () => {
    await here.window.sideBar.open((await read(`package.nls.${language}.json`))['view.index']);
    await picture('sidebar');
  });
});
