import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { pythonWithPandas } from '../../../src/dev/pythonWith';
import type { EditorWindow } from './window';

const python = await pythonWithPandas(console.log);
if (python === null) console.log('skipped: running cells, because there is no Python with pandas');

/** Whether cells can be run. */
export const hasPandas = python !== null;

/** The cell that `copy` puts on the clipboard. */
export async function copiedCell({ page }: EditorWindow, copy: () => Promise<void>): Promise<string> {
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText('nothing'));
  await copy();
  await expect.poll(clipboard).toMatch(/import pandas as pd/);
  return (await clipboard()).replaceAll('\r\n', '\n');
}

/** What a cell gives, run as a notebook would: its rows, as far as these columns go. */
export async function rowsOf<Row>(cell: string, columns: readonly (keyof Row & string)[]): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-cell-'));
  try {
    const script = join(folder, 'cell.py');
    await writeFile(script, `${cell}\nprint(df[${JSON.stringify(columns)}].to_json(orient='records'))\n`);
    const { stdout } = await promisify(execFile)(python ?? '', [script]);
    return JSON.parse(stdout) as readonly Row[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
