import { existsSync, readFileSync } from 'node:fs';
import type * as Native from 'onnxruntime-node';

/** What is used of onnxruntime, the same in both of its forms. */
export interface OnnxRuntime extends Pick<typeof Native, 'InferenceSession' | 'Tensor'> {
  readonly kind: RuntimeKind;
  /** What a session must ask for, because a process may hold both forms. */
  readonly provider: 'cpu' | 'wasm';
}

/** The machine's own code, or WebAssembly, which runs the same graphs on one thread wherever JavaScript runs. */
export type RuntimeKind = 'native' | 'wasm';

/**
 * Says to onnxruntime that it may send nothing to its maker. It asks the environment of the process once, when it is loaded.
 * A worker thread has only a copy of that environment, so whoever starts threads says it first.
 */
export function forbidTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}

const loaded = new Map<RuntimeKind | null, Promise<OnnxRuntime>>();

/**
 * The only way to onnxruntime. A module that is imported at the top of another would be loaded before anything could be
 * said to it. Where there is no native one for this machine, it is WebAssembly; `KINDRED_RUNTIME`, `native` or `wasm`,
 * chooses.
 *
 * @throws Error when what was asked for, or either of them, cannot be loaded
 */
export function onnxruntime(): Promise<OnnxRuntime> {
  forbidTelemetry();
  const asked = askedFor(process.env['KINDRED_RUNTIME']);
  const runtime = loaded.get(asked) ?? load(asked);
  loaded.set(asked, runtime);
  return runtime;
}

/** @throws Error for what is no kind of runtime */
function askedFor(name: string | undefined): RuntimeKind | null {
  if (name === undefined || name === '') return null;
  if (name === 'native' || name === 'wasm') return name;
  throw new Error(`KINDRED_RUNTIME is "${name}". It may be native or wasm, or not be set.`);
}

async function load(asked: RuntimeKind | null): Promise<OnnxRuntime> {
  if (asked === 'native') return native();
  if (asked === 'wasm' || hasMusl()) return webAssembly();
  try {
    return await native();
  } catch (error) {
    if (!saysThereIsNone(error)) throw error;
    return webAssembly();
  }
}

async function native(): Promise<OnnxRuntime> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  return { kind: 'native', provider: 'cpu', InferenceSession, Tensor };
}

/** It would start threads of its own, one for each processor, where each of ours runs one already. */
async function webAssembly(): Promise<OnnxRuntime> {
  const { InferenceSession, Tensor, env } = await import('onnxruntime-web');
  env.wasm.numThreads = 1;
  return { kind: 'wasm', provider: 'wasm', InferenceSession, Tensor };
}

/**
 * Whether this process runs on musl, as on Alpine: the native library is for glibc, and may crash there instead of being
 * refused. The loader that a process was started by is mapped into it; that one lies on the disk tells nothing.
 */
export function hasMusl(maps = '/proc/self/maps'): boolean {
  return process.platform === 'linux' && existsSync(maps) && /\/ld-musl-[^/]*$/m.test(readFileSync(maps, 'utf8'));
}

/** The package or its binary is not there, or the system's loader refuses it. */
function saysThereIsNone(error: unknown): boolean {
  const codes = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
