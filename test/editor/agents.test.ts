import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { enginesIn } from './engines';
import { scenario } from './scenario';
import { folderSettings, sampleWorkspace } from './workspaces';

// The editor of the tests has no AI features otherwise, and MCP servers are among them.
const here = scenario(async (folder) => {
  await sampleWorkspace(folder);
  await folderSettings(folder, { 'chat.disableAIFeatures': false });
});

const servers = () => enginesIn(inject('home'), 'cli');

async function picture(name: string): Promise<void> {
  const screenshots = inProject('test/editor/.work/screenshots');
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `agents-${name}.png`));
}

test('the MCP server that the extension offers is listed by the editor, and can be started', async () => {
  const { quickInput, statusBar } = here.window;
  await here.window.trust();
  await statusBar.item(/\d+ sequences/).waitFor();
  expect(await servers()).toEqual([]);
  await here.window.runCommand('MCP: List Servers');
  await quickInput
    .entry(/Kindred/)
    .first()
    .waitFor();
  await picture('servers');
  await quickInput
    .entry(/Kindred/)
    .first()
    .click();
  await quickInput
    .entry(/Start Server/)
    .first()
    .click();
  await expect.poll(servers).toHaveLength(1);
});
