import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { editorLogs } from '../../src/dev/editor/logs';
import { addressOf } from '../../src/dev/editor/server';
import { inProject } from '../../src/dev/project';
import { launchBrowser } from './pages/browser';
import { EditorWindow } from './pages/window';

/** What the tests of one file share. */
export interface Scenario {
  /** The workspace folder. */
  readonly folder: string;
  readonly window: EditorWindow;
}

const failures = inProject('test/editor/.work/failures');

/**
 * Opens a window on a new folder that `fill` has written into, for all tests of the calling file or block. A test that
 * fails leaves a screenshot and the editor's logs in `test/editor/.work/failures`.
 *
 * @param language of the window
 */
export function scenario(fill: (folder: string) => Promise<void>, language = 'en'): Scenario {
  let browser: Browser | undefined;
  let window: EditorWindow | undefined;
  let folder = '';

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'kindred-workspace-')));
    await fill(folder);
    browser = await launchBrowser(inject('browser'));
    window = await EditorWindow.open(browser, addressOf(inject('port'), folder), language);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || window === undefined) return;
    await mkdir(failures, { recursive: true });
    const name = join(failures, task.name.replaceAll(/\W+/g, '-'));
    await window.screenshot(`${name}.png`);
    await writeFile(`${name}.log`, await editorLogs(inject('home')));
  });

  afterAll(async () => {
    await window?.close();
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    get folder() {
      return folder;
    },
    get window() {
      if (window === undefined) throw new Error('the window is opened before the first test');
      return window;
    },
  };
}
