import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasMusl, onnxruntime } from '../../../../src/core/encoder/onnx/runtime';
import { agreementOf, embedAll } from '../../../../src/dev/bench/runtimes';
import { simulatedPack } from '../../../../src/dev/bench/embedded';
import { inProject } from '../../../../src/dev/project';

const before = process.env['KINDRED_RUNTIME'];

function ask(name: string | undefined): void {
  if (name === undefined) delete process.env['KINDRED_RUNTIME'];
  else process.env['KINDRED_RUNTIME'] = name;
}

afterEach(() => {
  ask(before);
});

describe('onnxruntime', () => {
  it('is the one that is asked for', async () => {
    ask('wasm');
    expect(await onnxruntime()).toMatchObject({ kind: 'wasm', provider: 'wasm' });
    ask('native');
    expect(await onnxruntime()).toMatchObject({ kind: 'native', provider: 'cpu' });
    ask('');
    expect(await onnxruntime()).toMatchObject({ kind: 'native' });
  });

  it('refuses a name that is none', () => {
    ask('webgpu');
    expect(onnxruntime).toThrow('KINDRED_RUNTIME is "webgpu". It may be native or wasm, or not be set.');
  });

  it('gives the same embeddings in both forms, to a step of a byte here and there', async () => {
    const packs = [simulatedPack(60)];
    const native = await embedAll('native', packs);
    const wasm = await embedAll('wasm', packs);
    const { bytes, differing, most } = agreementOf(native.codes, wasm.codes);
    expect(bytes).toBe(60 * 2880);
    expect(most).toBeLessThanOrEqual(1);
    expect(differing / bytes).toBeLessThan(1e-4);
  });

  it('counts every byte that differs', () => {
    const [one, other] = [Uint8Array.of(1, 2, 3, 255), Uint8Array.of(1, 3, 0, 255)];
    expect(agreementOf([one], [other])).toEqual({ bytes: 4, differing: 2, most: 3 });
    expect(() => agreementOf([one], [other.subarray(1)])).toThrow('different lengths');
  });
});

describe('a process on musl', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-maps-'));
  const maps = join(folder, 'maps');

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.runIf(process.platform === 'linux').each([
    ['7f1c2000-7f1c3000 r-xp 00000000 fe:00 1234  /lib/ld-musl-x86_64.so.1\n', true],
    ['7f1c2000-7f1c3000 r-xp 00000000 fe:00 1234  /lib64/ld-linux-x86-64.so.2\n', false],
    ['7f1c2000-7f1c3000 r--p 00000000 fe:00 1234  /home/me/ld-musl-notes/a.csv\n', false],
  ])('is told by its loader: %s', (text, expected) => {
    writeFileSync(maps, text);
    expect(hasMusl(maps)).toBe(expected);
  });

  it('is not one where the system tells nothing', () => {
    expect(hasMusl(join(folder, 'none'))).toBe(false);
  });
});

describe('without a word which', () => {
  let folder: string;
  let script: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kindred-runtime-'));
    script = join(folder, 'load.cjs');
    await build({
      stdin: {
        contents: `import { onnxruntime } from './src/core/encoder/onnx/runtime';
          onnxruntime().then(
            async ({ kind, provider, InferenceSession }) => {
              await InferenceSession.create(process.argv[2], { executionProviders: [provider] });
              console.log(kind);
            },
            (error) => console.log(error.message),
          );`,
        resolveDir: inProject('.'),
      },
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['onnxruntime-*'],
    });
    const modules = join(folder, 'node_modules');
    mkdirSync(modules);
    for (const name of ['onnxruntime-web', 'onnxruntime-common']) {
      symlinkSync(inProject('node_modules', name), join(modules, name), 'junction');
    }
  });

  afterEach(() => {
    rmSync(join(folder, 'node_modules/onnxruntime-node'), { recursive: true, force: true });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function loadWith(binding: string | null): string {
    const native = join(folder, 'node_modules/onnxruntime-node');
    if (binding !== null) {
      mkdirSync(native);
      writeFileSync(join(native, 'index.js'), binding);
    }
    const env = { ...process.env };
    delete env['KINDRED_RUNTIME'];
    const { stdout, stderr } = spawnSync(process.execPath, [script, inProject('models/encoder.onnx')], {
      env,
      encoding: 'utf8',
    });
    return stdout.trim() + stderr;
  }

  it('is WebAssembly where there is no native package', () => {
    expect(loadWith(null)).toBe('wasm');
  });

  it('is WebAssembly where the package has no binary for the machine', () => {
    expect(loadWith("require('./bin/napi-v6/darwin/x64/onnxruntime_binding.node');")).toBe('wasm');
  });

  it('is WebAssembly where the system refuses the binary', () => {
    const refused = `process.dlopen({ exports: {} }, ${JSON.stringify(inProject('package.json'))});`;
    expect(loadWith(refused)).toBe('wasm');
  });

  it('hides no other error', () => {
    expect(loadWith("throw new Error('the disk is on fire');")).toBe('the disk is on fire');
  });
});
