import { cp, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../test/editor/pages/browser';
import { EditorWindow } from '../../../test/editor/pages/window';
import { findBrowser } from '../editor/browser';
import { editorObstacle, installEditor } from '../editor/install';
import { addressOf, startEditor } from '../editor/server';
import { packageExtension } from '../packaging/packaging';
import { targetNamed } from '../packaging/targets';
import type { Report } from '../../extension/diagnostics/report';
import { folderSettings, manySequences } from '../../../test/editor/workspaces';
import { percentile, type Figure } from './figures';
import { benchPanel } from './panel';
import { benchScrolling } from './scrolling';
import { benchTraining, labelledSample } from './training';

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
  await cp(folder, join(base, idle), { recursive: true });
  await folderSettings(join(base, idle), { 'kindred.index.automatic': false });
  await mkdir(join(base, many));
  await manySequences(10_000)(join(base, many));
  await mkdir(join(base, labelled));
  await labelledSample(join(base, labelled));
  const editor = await startEditor({ installation, home: base, vsix: path, trusted: true });
  try {
    const browser = await launchBrowser(executable);
    try {
      const open = (name: string) => measuredWindow(browser, addressOf(editor.port, join(base, name)));
      // The first window of an editor that has just started is slow for reasons of its own.
      await open(idle);
      const host = figuresOf(await several(() => open('workspace')), await several(() => open(idle)));
      const panel = await benchPanel(browser, addressOf(editor.port, workspace), await oneRecording(workspace));
      const list = await benchScrolling(browser, addressOf(editor.port, join(base, many)), 'Many_TRAIN.tsv');
      const training = await benchTraining(browser, addressOf(editor.port, join(base, labelled)));
      return [...host, ...panel, ...list, ...training];
    } finally {
      await browser.close();
    }
  } finally {
    await editor.stop();
    await rm(base, { recursive: true, force: true });
  }
}

/** A file that usually holds one sequence, by its path from the folder. */
async function oneRecording(folder: string): Promise<string> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const found = names.find((name) => /\.(wav|npy|hea|csv)$/.test(name) && name !== 'labels.csv');
  if (found === undefined) throw new Error(`no .wav, .npy, .hea or .csv file in ${folder} to search from`);
  return found;
}

/** The same folder, where Kindred is active but indexes nothing: what else blocks the event loop. */
const idle = 'idle';
const many = 'many';
const labelled = 'labelled';
const windows = 3;
/** How long a folder may take to be indexed, in milliseconds. */
const mostIndexing = 120_000;

async function several<T>(measure: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let i = 0; i < windows; i++) results.push(await measure());
  return results;
}

async function measuredWindow(browser: Browser, address: string): Promise<Report['host']> {
  const window = await EditorWindow.open(browser, address);
  await window.statusBar.item(/\d+ sequences|Kindred/).waitFor({ timeout: mostIndexing });
  const { host } = await window.diagnostics();
  await window.close();
  return host;
}

function figuresOf(indexing: readonly Report['host'][], idling: readonly Report['host'][]): readonly Figure[] {
  const block = (hosts: readonly Report['host'][]) =>
    percentile(
      hosts.map(({ longestBlockMilliseconds }) => longestBlockMilliseconds),
      0.5,
    );
  const activation = [...indexing, ...idling].map(({ activationMilliseconds }) => activationMilliseconds);
  return [
    { name: 'activation, median', value: percentile(activation, 0.5), unit: 'ms', target: { at: 'most', value: 100 } },
    {
      name: 'longest block of the extension host, median',
      value: block(indexing),
      unit: 'ms',
      target: { at: 'most', value: 50 },
      against: { name: 'the same without indexing', value: block(idling) },
    },
  ];
}
