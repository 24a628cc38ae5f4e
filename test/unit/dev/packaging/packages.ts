import { version } from '../../../../package.json';
import type { PackageFiles } from '../../../../src/dev/packaging/checks';
import type { Platform, Target } from '../../../../src/dev/packaging/targets';

/** The smallest bytes that say of themselves that they are a library for a platform. */
export function library({ os, arch, libc }: Platform): Buffer {
  const bytes = Buffer.alloc(256);
  if (os === 'linux') {
    bytes.writeUInt32BE(0x7f454c46, 0);
    bytes.writeUInt16LE({ arm: 40, x64: 62, arm64: 183 }[arch], 18);
    if (libc !== undefined) bytes.write(libc === 'glibc' ? '\0libc.so.6\0' : '\0libc.so\0', 128, 'latin1');
  } else if (os === 'darwin') {
    bytes.writeUInt32LE(0xfeedfacf, 0);
    bytes.writeUInt32LE(arch === 'x64' ? 0x01000007 : 0x0100000c, 4);
  } else {
    bytes.write('MZ', 0);
    bytes.writeUInt32LE(128, 60);
    bytes.write('PE\0\0', 128, 'latin1');
    bytes.writeUInt16LE(arch === 'x64' ? 0x8664 : 0xaa64, 132);
  }
  return bytes;
}

const manifest = {
  main: './dist/extension.cjs',
  icon: 'media/icon.png',
  l10n: './l10n',
  contributes: {
    commands: [{ icon: '$(graph-line)' }],
    jsonValidation: [{ url: './dist/reading.schema.json' }],
    walkthroughs: [{ steps: [{ media: { svg: 'media/walkthrough/open.svg' } }] }],
  },
};

const texts = [
  ...['LICENSE.txt', 'dist/extension.cjs', 'media/icon.png', 'dist/reading.schema.json', 'media/walkthrough/open.svg'],
  ...['package.nls.json', 'package.nls.de.json', 'package.nls.ja.json'],
  ...['l10n/bundle.l10n.de.json', 'l10n/bundle.l10n.ja.json'],
  ...['dist/engine.cjs', 'dist/worker.cjs', 'dist/trial.cjs', 'models/encoder.onnx', 'models/encoder.json'],
];

/** A package for a target with nothing wrong about it. */
export function goodPackage({ name, platforms, runtimes }: Target): { files: Map<string, Buffer>; bytes: number } {
  const files = new Map<string, Buffer>(texts.map((path) => [`extension/${path}`, Buffer.from('text')]));
  const modules = 'extension/dist/node_modules';
  files.set('extension/package.json', Buffer.from(JSON.stringify(manifest)));
  files.set('extension.vsixmanifest', vsixManifest(name));
  files.set('extension/dist/NOTICES.txt', Buffer.from('lmdb 1.0.0 (MIT)\n\nonnxruntime-node 1.0.0 (MIT)\n'));
  files.set(`${modules}/lmdb/package.json`, Buffer.from('{}'));
  for (const platform of platforms) {
    const lmdb = `${modules}/@lmdb/lmdb-${platform.os}-${platform.arch}`;
    files.set(`${lmdb}/package.json`, Buffer.from('{}'));
    files.set(`${lmdb}/node.napi.${platform.libc ?? ''}.node`, library(platform));
    if (!runtimes.includes('native')) continue;
    files.set(`${modules}/onnxruntime-node/bin/libonnxruntime.so.1`, library(platform));
    files.set(`${modules}/onnxruntime-node/bin/onnxruntime_binding.node`, library(platform));
  }
  if (runtimes.includes('wasm')) {
    files.set(`${modules}/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm`, Buffer.from('wasm'));
  }
  return { files, bytes: 20 * 2 ** 20 } satisfies PackageFiles;
}

/** What vsce writes about a package. */
export function vsixManifest(target: string, of = version, preRelease = true): Buffer {
  const platform = target === 'universal' ? '' : ` TargetPlatform="${target}"`;
  const property = preRelease ? '<Property Id="Microsoft.VisualStudio.Code.PreRelease" Value="true" />' : '';
  return Buffer.from(
    `<Identity Language="en-US" Id="kindred" Version="${of}" Publisher="kindred"${platform}/>${property}`,
  );
}
