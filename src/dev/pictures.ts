import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../test/editor/pages/browser';
import { EditorWindow } from '../../test/editor/pages/window';
import { buildAll } from './bundles';
import { findBrowser } from './editor/browser';
import { installEditor } from './editor/install';
import { addressOf, startEditor } from './editor/server';
import { packageExtension } from './packaging/packaging';
import { targetNamed } from './packaging/targets';
import { filmJourney } from './pictures/journey';
import { inProject } from './project';
import { writeSampleWorkspace } from './sample/workspace';
import { runTool } from './tool';

/** Makes the pictures of the README anew, in a real editor. */
await runTool(async () => {
  const executable = await findBrowser(console.log);
  const installation = await installEditor(console.log);
  await buildAll();
  const { path } = await packageExtension(targetNamed());
  const base = await realpath(await mkdtemp(join(tmpdir(), 'kindred-pictures-')));
  const workspace = join(base, 'recordings');
  await mkdir(workspace);
  await writeSampleWorkspace(workspace);
  const editor = await startEditor({ installation, home: join(base, 'home'), vsix: path, trusted: true });
  const browser = await launchBrowser(executable);
  try {
    const window = await EditorWindow.open(browser, addressOf(editor.port, workspace));
    await window.statusBar.item(/\d sequences/).waitFor();
    const gif = await filmJourney(window, inProject('media'));
    await writeFile(inProject('media/journey.gif'), gif);
    console.log(`media/journey.gif (${(gif.length / 2 ** 20).toFixed(1)} MB)`);
  } finally {
    await browser.close();
    await editor.stop();
    await rm(base, { recursive: true, force: true });
  }
  return 0;
});
