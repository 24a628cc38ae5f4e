import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assembly } from '../../../../../src/dev/assembly.mjs';
import { inProject } from '../../../../../src/dev/project';

let folder: string;
let script: string;

const program = `
  import { Store } from './src/core/index/store/store';
  const problems = [];
  const listener = { problem: (text) => problems.push(text), note: () => {} };
  const run = async () => {
    await Store.compact(process.argv[2], listener);
    const store = Store.open(process.argv[2], listener);
    store.put('files', 'a', { n: 1 });
    store.flush();
    const found = store.get('files', 'a');
    const { isKept } = store;
    await store.close();
    console.log(JSON.stringify({ isKept, found, problems }));
  };
  run();
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-lmdb-'));
  script = join(folder, 'store.cjs');
  await build({
    stdin: { contents: program, resolveDir: inProject('.') },
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['lmdb', 'msgpackr'],
    plugins: [assembly],
    define: { 'import.meta.dirname': '__dirname' },
  });
  mkdirSync(join(folder, 'node_modules/lmdb'), { recursive: true });
  symlinkSync(inProject('node_modules/msgpackr'), join(folder, 'node_modules/msgpackr'), 'junction');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a machine that LMDB has no program for', () => {
  it.each([
    ['the package is not there', null],
    ['it finds no binary', "throw new Error('No native build was found for platform=linux arch=riscv64');"],
  ])('has its index in memory, and is told so: %s', (_, code) => {
    const file = join(folder, 'node_modules/lmdb/index.js');
    if (code !== null) writeFileSync(file, code);
    const storage = join(folder, 'storage');
    const { stdout, stderr } = spawnSync(process.execPath, [script, storage], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      isKept: false,
      found: { n: 1 },
      problems: [
        `LMDB, in which the index is kept, has no program for this machine (${process.platform} ${process.arch}). ` +
          'Search works, but everything is indexed again at the next start.',
      ],
    });
    expect(readdirSync(join(storage, 'cache-2'))).toEqual([]);
  });
});
