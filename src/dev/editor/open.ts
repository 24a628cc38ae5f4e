import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../command';
import { packageExtension } from '../packaging/packaging';
import { targetNamed } from '../packaging/targets';
import { projectFolder } from '../project';
import { programOnPath } from './browser';
import { editorObstacle, installEditor } from './install';
import { addressOf, startEditor } from './server';

const firstStep = 'Right-click a recording there and choose "Find Similar Sequences".';

/**
 * Opens `folder` with the extension that was built before: in desktop VS Code if its command is on PATH, else in the
 * browser, until the user presses Ctrl+C.
 * @returns the exit code.
 */
export async function openEditor(folder: string): Promise<number> {
  const desktop = programOnPath(process.platform === 'win32' ? 'code.cmd' : 'code');
  if (desktop !== null) return openDesktop(folder);
  const obstacle = editorObstacle();
  if (obstacle === null) return serve(folder);
  console.error(
    `There is no VS Code here: the command "code" is not on PATH, and ${obstacle}. Install VS Code from ` +
      'https://code.visualstudio.com, run "Shell Command: Install \'code\' command in PATH" in it, and try again.',
  );
  return 1;
}

async function openDesktop(folder: string): Promise<number> {
  console.log(`\nOpening ${folder} in VS Code. ${firstStep}`);
  const args = ['--new-window', `--extensionDevelopmentPath=${projectFolder}`, folder];
  const { code } = await run('code', args, { show: true });
  return code;
}

async function serve(folder: string): Promise<number> {
  const installation = await installEditor(console.log);
  const { path } = await packageExtension(targetNamed());
  const home = await mkdtemp(join(tmpdir(), 'kindred-editor-'));
  try {
    // The user has asked for this very folder to be read, so the editor need not ask again.
    const editor = await startEditor({ installation, home, vsix: path, trusted: true, welcoming: true });
    console.log(
      `\nVS Code is open on ${folder} at\n\n  ${addressOf(editor.port, folder)}\n\n${firstStep} Ctrl+C ends it.`,
    );
    const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => 0);
    const code = await Promise.race([asked, editor.ended.then(() => 1)]);
    await editor.stop();
    return code;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
