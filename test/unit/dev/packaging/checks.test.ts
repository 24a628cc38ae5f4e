import { mkdtempSync, rmSync, writeFileSync, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { problemsOf, problemsOfPackage } from '../../../../src/dev/packaging/checks';
import { targetNamed, targets, universal } from '../../../../src/dev/packaging/targets';
import { goodPackage, library, vsixManifest } from './packages';

const linux = targetNamed('linux-x64');
const windows = targetNamed('win32-arm64');
const modules = 'extension/dist/node_modules';

type Change = (files: Map<string, Buffer>) => void;

function problemsAfter(change: Change, target = linux): readonly string[] {
  const made = goodPackage(target);
  change(made.files);
  return problemsOf(made, target);
}

describe('the checks of a package', () => {
  it.each(targets)('find nothing about a good one for $name', (target) => {
    expect(problemsOf(goodPackage(target), target)).toEqual([]);
  });

  it('find one that is too large', () => {
    const made = { ...goodPackage(linux), bytes: 25 * 2 ** 20 };
    expect(problemsOf(made, linux)).toEqual(['It has 25.0 MB, and 25 are allowed.']);
  });

  it('find code for another machine', () => {
    const put = (bytes: Buffer): Change => {
      return (files) => files.set(`${modules}/x/other.node`, bytes);
    };
    const name = `${modules}/x/other.node`;
    expect(problemsAfter(put(library({ os: 'win32', arch: 'x64' })))).toEqual([`${name} is for win32-x64.`]);
    expect(problemsAfter(put(library({ os: 'linux', arch: 'arm64', libc: 'glibc' })))).toEqual([
      `${name} is for linux-arm64-glibc.`,
    ]);
    expect(problemsAfter(put(library({ os: 'linux', arch: 'x64', libc: 'musl' })))).toEqual([
      `${name} is for linux-x64-musl.`,
    ]);
    expect(problemsAfter(put(library({ os: 'darwin', arch: 'x64' })), windows)).toEqual([`${name} is for darwin-x64.`]);
    expect(problemsAfter(put(library({ os: 'linux', arch: 'x64' })))).toEqual([]);
  });

  it.each([
    ['libonnxruntime.so.1', 'There is no onnxruntime for linux-x64-glibc.'],
    ['onnxruntime_binding.node', 'There is no binding of onnxruntime for linux-x64-glibc.'],
  ])('find that %s is missing', (file, problem) => {
    expect(problemsAfter((files) => files.delete(`${modules}/onnxruntime-node/bin/${file}`))).toEqual([problem]);
  });

  it('find that LMDB is missing, for each platform', () => {
    const gone: Change = (files) => {
      for (const path of [...files.keys()]) if (path.endsWith('.node') && path.includes('linux')) files.delete(path);
    };
    expect(problemsAfter(gone, universal)).toEqual([
      'There is no LMDB for linux-x64-musl.',
      'There is no LMDB for linux-arm64-musl.',
      'There is no LMDB for linux-arm-glibc.',
    ]);
  });

  it('find WebAssembly where it is needed or of no use', () => {
    const wasm = `${modules}/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm`;
    expect(problemsAfter((files) => files.delete(wasm), universal)).toEqual([
      'There is no onnxruntime in WebAssembly.',
    ]);
    expect(problemsAfter((files) => files.delete(wasm), windows)).toEqual(['There is no onnxruntime in WebAssembly.']);
    expect(problemsAfter((files) => files.set(wasm, Buffer.from('wasm')))).toEqual([
      'It holds onnxruntime in WebAssembly, and needs none.',
    ]);
  });

  it.each([
    'extension/dist/engine.cjs.map',
    'extension/src/core/index.ts',
    'extension/test/fixtures/a.csv',
    'extension/webview/results/style.css',
    'extension/tsconfig.json',
    'extension/package-lock.json',
    'extension/.github/workflows/ci.yml',
    'extension/kindred-linux-x64.vsix',
    `${modules}/onnxruntime-node/dist/index.js.map`,
    `${modules}/lmdb/index.d.ts`,
  ])('find what only developers need: %s', (path) => {
    expect(problemsAfter((files) => files.set(path, Buffer.from('x')))).toEqual([`${path} is of no use in a package.`]);
  });

  it.each([
    'dist/extension.cjs',
    'media/icon.png',
    'dist/reading.schema.json',
    'media/walkthrough/open.svg',
    'package.nls.de.json',
    'l10n/bundle.l10n.ja.json',
    'dist/worker.cjs',
    'models/encoder.onnx',
  ])('find that %s is missing', (path) => {
    expect(problemsAfter((files) => files.delete(`extension/${path}`))).toEqual([`${path} is missing.`]);
  });

  it('find that a web entry is named and missing', () => {
    const named: Change = (files) => {
      const path = 'extension/package.json';
      const manifest = JSON.parse(String(files.get(path))) as object;
      files.set(path, Buffer.from(JSON.stringify({ ...manifest, browser: './dist/web.js' })));
    };
    expect(problemsAfter(named)).toEqual(['dist/web.js is missing.']);
    expect(problemsAfter((files) => files.delete('extension/package.json'))).toEqual(['It has no package.json.']);
  });

  it('find licences that are missing', () => {
    expect(problemsAfter((files) => files.delete('extension/LICENSE.txt'))).toEqual(['Our own licence is missing.']);
    expect(problemsAfter((files) => files.delete('extension/dist/NOTICES.txt'))).toEqual([
      'dist/NOTICES.txt has no licence of lmdb.',
    ]);
    expect(problemsAfter((files) => files.set(`${modules}/@a/b/package.json`, Buffer.from('{}')))).toEqual([
      'dist/NOTICES.txt has no licence of @a/b.',
    ]);
  });

  it('find a package that says that it is another one', () => {
    const say = (text: Buffer): Change => {
      return (files) => files.set('extension.vsixmanifest', text);
    };
    expect(problemsAfter(say(vsixManifest('darwin-arm64')))).toEqual([
      'It says that it is for darwin-arm64, not for linux-x64.',
    ]);
    expect(problemsAfter(say(vsixManifest('linux-x64')), universal)).toContain(
      'It says that it is for linux-x64, not for universal.',
    );
    expect(problemsAfter(say(vsixManifest('linux-x64', '9.9.9')))).toEqual([
      expect.stringMatching(/^It is version 9\.9\.9, not \d/),
    ]);
    expect(problemsAfter(say(vsixManifest('linux-x64', undefined, false)))).toEqual([
      expect.stringMatching(/^It does not say that .* is a pre-release\.$/),
    ]);
  });
});

describe('a package as a file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kindred-vsix-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is read and checked', async () => {
    const path = join(folder, 'x.vsix');
    const zip = new ZipFile();
    for (const [name, bytes] of goodPackage(linux).files) zip.addBuffer(bytes, name);
    zip.end();
    const out = zip.outputStream.pipe(createWriteStream(path));
    await once(out, 'finish');
    expect(await problemsOfPackage(path, linux)).toEqual([]);
    expect(await problemsOfPackage(path, windows)).toContain('There is no LMDB for win32-arm64.');
  });

  it('is refused when it is none', async () => {
    const path = join(folder, 'x.vsix');
    writeFileSync(path, 'no zip file');
    await expect(problemsOfPackage(path, linux)).rejects.toThrow();
  });
});
