import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from '../../../../src/core/files/writeWhole';

const length = 100_000;
const posix = process.platform === 'win32' ? it.skip : it;

let tools: string;
/** A script that writes `argv[3]` times: `argv[4]` into the file `argv[2]`, `length` times over. */
let script: string;
let folder: string;
let path: string;

beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'kindred-tools-'));
  script = join(tools, 'write.mjs');
  const contents = `
    import { writeWhole } from './src/core/files/writeWhole';
    const [path, times, letter] = process.argv.slice(2);
    for (let i = 0; i < Number(times); i++) await writeWhole(path, letter.repeat(${length}));
  `;
  const stdin = { contents, resolveDir: process.cwd() };
  buildSync({ stdin, bundle: true, platform: 'node', format: 'esm', outfile: script });
});

afterAll(() => {
  rmSync(tools, { recursive: true, force: true });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-files-'));
  path = join(folder, 'card.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function isWhole(): boolean {
  const content = readFileSync(path, 'utf8');
  return content.length === length && content === content.charAt(0).repeat(length);
}

describe('writing a whole file', () => {
  it('makes the folders above it', async () => {
    const deep = join(folder, 'a', 'b', 'c.txt');
    await writeWhole(deep, 'text');
    expect(readFileSync(deep, 'utf8')).toBe('text');
  });

  it('leaves one of two writes that overlap in one process', async () => {
    for (let round = 0; round < 20; round++) {
      await Promise.all(['x', 'y', 'z'].map((letter) => writeWhole(path, letter.repeat(length))));
      expect(isWhole()).toBe(true);
    }
    expect(readdirSync(folder)).toEqual(['card.json']);
  });

  it('leaves a whole file at every moment when two processes write it', async () => {
    await writeWhole(path, 'w'.repeat(length));
    const writers = ['x', 'y'].map((letter) => spawn(process.execPath, [script, path, '30', letter]));
    let running = writers.length;
    const codes = Promise.all(
      writers.map(
        (writer) =>
          new Promise((ended) => {
            writer.once('exit', (code) => {
              running--;
              ended(code);
            });
          }),
      ),
    );
    while (running > 0) {
      expect(isWhole()).toBe(true);
      await new Promise(setImmediate);
    }
    expect(await codes).toEqual([0, 0]);
    expect(readdirSync(folder)).toEqual(['card.json']);
  });

  it('removes what others left that died while they wrote the same file, and nothing else', async () => {
    const id = '-01234567-89ab-cdef-0123-456789abcdef.partial';
    const names = [`${2 ** 30}${id}`, `${2 ** 30 + 1}${id}`, `${process.ppid}${id}`, `${process.pid}${id}`, 'partial'];
    const [left, young, ...others] = names.map((name) => `card.json.${name}`);
    const beside = [...others, `other.json.${2 ** 30}${id}`];
    for (const name of [left!, young!, ...beside]) {
      writeFileSync(join(folder, name), 'half');
      if (name !== young) utimesSync(join(folder, name), 1e9, 1e9);
    }
    await writeWhole(path, 'whole');
    expect(readdirSync(folder).sort()).toEqual(['card.json', young!, ...beside].sort());
  });

  posix('keeps the old file when there is no more room in the middle of the new one', () => {
    writeFileSync(path, 'old');
    // A limit on the size of files behaves as a full disk does: a part is written, and then there is an error.
    const limited = `trap '' XFSZ; ulimit -f 50; exec "$0" "$@"`;
    const { status } = spawnSync('bash', ['-c', limited, process.execPath, script, path, '1', 'x']);
    expect(status).not.toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['card.json']);
  });
});
