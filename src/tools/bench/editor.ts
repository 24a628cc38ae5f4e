import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../../test/editor/pages/browser';
import { EditorWindow } from '../../../test/editor/pages/window';
import { findBrowser } from '../editor/browser';
import { editorObstacle, installEditor } from '../editor/install';
import { addressOf, startEditor } from '../editor/server';
import { packageExtension, targetNamed } from '../packaging';
import type { Figure } from './figures';

/** What the packaged extension costs the extension host of a real editor, from opening a folder to a ready index. */
export async function benchEditor(folder: string): Promise<readonly Figure[]> {
  const obstacle = editorObstacle();
  if (obstacle !== null) {
    console.error(`The editor is not measured, because ${obstacle}.`);
    return [];
  }
  const say = (text: string) => {
    console.error(text);
  };
  const executable = await findBrowser(say);
  const installation = await installEditor(say);
  const { path } = await packageExtension(targetNamed());
  const base = await realpath(await mkdtemp(join(tmpdir(), 'kindred-bench-editor-')));
  const workspace = join(base, 'workspace');
  await cp(folder, workspace, { recursive: true });
  const editor = await startEditor({ installation, home: base, vsix: path, trusted: true });
  try {
    const browser = await launchBrowser(executable);
    try {
      const window = await EditorWindow.open(browser, addressOf(editor.port, workspace));
      await window.statusBar.item(/\d+ sequences/).waitFor();
      const { host } = await window.diagnostics();
      const most = (value: number) => ({ at: 'most' as const, value });
      return [
        { name: 'activation', value: host.activationMilliseconds, unit: 'ms', target: most(100) },
        {
          name: 'longest block of the extension host',
          value: host.longestBlockMilliseconds,
          unit: 'ms',
          target: most(50),
        },
      ];
    } finally {
      await browser.close();
    }
  } finally {
    await editor.stop();
    await rm(base, { recursive: true, force: true });
  }
}
