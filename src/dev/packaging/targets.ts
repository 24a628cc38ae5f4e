import type { RuntimeKind } from '../../core/encoder/onnx/runtime';

/** An operating system and processor, and which of the C libraries it has; as VS Code names them. */
export interface Platform {
  readonly os: 'linux' | 'darwin' | 'win32';
  readonly arch: 'x64' | 'arm64' | 'arm';
  /** Of Linux. */
  readonly libc?: 'glibc' | 'musl';
}

/** What a package is made for. */
export interface Target {
  /** As `vsce package --target` names it; the universal one has no target there. */
  readonly name: string;
  /** The platforms whose native code it holds. */
  readonly platforms: readonly Platform[];
  /** Whether it holds onnxruntime as native code, as WebAssembly, which runs everywhere, or as both. */
  readonly runtimes: readonly RuntimeKind[];
}

/** Where onnxruntime-node has a binary. A Windows without the Visual C++ libraries refuses it. */
const native: readonly Target[] = [
  nativeTarget({ os: 'linux', arch: 'x64', libc: 'glibc' }),
  nativeTarget({ os: 'linux', arch: 'arm64', libc: 'glibc' }),
  nativeTarget({ os: 'darwin', arch: 'arm64' }),
  nativeTarget({ os: 'win32', arch: 'x64' }, ['native', 'wasm']),
  nativeTarget({ os: 'win32', arch: 'arm64' }, ['native', 'wasm']),
];

/**
 * For all other machines: onnxruntime in WebAssembly, and LMDB where that has a binary. The marketplaces hand it to an
 * editor that none of the others is for.
 */
export const universal: Target = {
  name: 'universal',
  platforms: [
    { os: 'darwin', arch: 'x64' },
    { os: 'linux', arch: 'x64', libc: 'musl' },
    { os: 'linux', arch: 'arm64', libc: 'musl' },
    { os: 'linux', arch: 'arm', libc: 'glibc' },
  ],
  runtimes: ['wasm'],
};

export const targets: readonly Target[] = [...native, universal];

/** The target of that name; without one, that of this machine. @throws Error if there is none. */
export function targetNamed(name = hereName()): Target {
  const target = targets.find((known) => known.name === name);
  if (target !== undefined) return target;
  throw new Error(`There is no package for ${name}, only for ${targets.map((known) => known.name).join(', ')}`);
}

/** Whether this machine can run what a package for `target` holds. */
export function runsHere({ name, runtimes }: Target): boolean {
  return !runtimes.includes('native') || name === hereName();
}

function hereName(): string {
  return `${process.platform}-${process.arch}`;
}

function nativeTarget(platform: Platform, runtimes: readonly RuntimeKind[] = ['native']): Target {
  return { name: `${platform.os}-${platform.arch}`, platforms: [platform], runtimes };
}
