import { existsSync } from 'node:fs';
import { evenlySpaced } from '../../core/distributions/evenlySpaced';
import { openEncoder } from '../../core/encoder/completed';
import type { RuntimeKind } from '../../core/encoder/onnx/runtime';
import { loadEncoder } from '../../core/encoder/session';
import { embedPackAsBytes } from '../../core/training/evaluation/embedPack';
import { readPacks } from '../../core/training/packs/findPacks';
import type { Pack } from '../../core/training/packs/pack';
import { inProject } from '../project';
import { simulatedPack } from './embedded';
import type { Figure } from './figures';

/** How far embeddings of WebAssembly are from those of native code. */
export interface Agreement {
  readonly bytes: number;
  /** How many of them differ. */
  readonly differing: number;
  /** By how many steps of a byte at most. */
  readonly most: number;
}

const perPack = 60;
const mostSteps = 8192;

/** Embeds the same recordings natively and in WebAssembly, on one thread. */
export async function benchRuntimes(): Promise<readonly Figure[]> {
  const packs = await samplePacks();
  const steps = packs.flatMap((pack) => pack.sequences.map((of) => pack.channels * lengthOf(of.channels))).reduce(sum);
  const native = await embedAll('native', packs);
  const wasm = await embedAll('wasm', packs);
  const { bytes, differing, most } = agreementOf(native.codes, wasm.codes);
  return [
    { name: 'encoding on one thread, native', value: steps / native.seconds, unit: 'steps/s' },
    {
      name: 'the same in WebAssembly',
      value: steps / wasm.seconds,
      unit: 'steps/s',
      against: { name: 'native', value: steps / native.seconds },
    },
    { name: '  bytes that differ, of a million', value: (1e6 * differing) / bytes, unit: '' },
    { name: '  by at most', value: most, unit: 'steps' },
  ];
}

/** Compares embeddings number by number. */
export function agreementOf(native: readonly Uint8Array[], wasm: readonly Uint8Array[]): Agreement {
  const total = { bytes: 0, differing: 0, most: 0 };
  for (const [n, codes] of native.entries()) {
    const others = wasm[n];
    if (others?.length !== codes.length) throw new Error('embeddings of different lengths cannot be compared');
    total.bytes += codes.length;
    for (let i = 0; i < codes.length; i++) {
      const difference = Math.abs(codes[i]! - others[i]!);
      if (difference > 0) total.differing++;
      total.most = Math.max(total.most, difference);
    }
  }
  return total;
}

/** Embeds packs by the bundled encoder in one form of onnxruntime. */
export async function embedAll(
  kind: RuntimeKind,
  packs: readonly Pack[],
): Promise<{ readonly codes: readonly Uint8Array[]; readonly seconds: number }> {
  const before = process.env['KINDRED_RUNTIME'];
  process.env['KINDRED_RUNTIME'] = kind;
  try {
    const session = await loadEncoder(await openEncoder(inProject('models')));
    const codes: Uint8Array[] = [];
    const started = performance.now();
    for (const pack of packs) codes.push(await embedPackAsBytes(session, pack, { maximumSteps: mostSteps }));
    return { codes, seconds: (performance.now() - started) / 1000 };
  } finally {
    if (before === undefined) delete process.env['KINDRED_RUNTIME'];
    else process.env['KINDRED_RUNTIME'] = before;
  }
}

async function samplePacks(): Promise<readonly Pack[]> {
  const folder = inProject('../shared/data/validation');
  if (!existsSync(folder)) return [simulatedPack(perPack * 10)];
  const packs: Pack[] = [];
  for await (const pack of readPacks([folder], new AbortController().signal)) {
    packs.push({ ...pack, sequences: evenlySpaced(pack.sequences, perPack) });
  }
  return packs;
}

function lengthOf(channels: readonly Float32Array[]): number {
  return Math.min(channels[0]?.length ?? 0, mostSteps);
}

function sum(a: number, b: number): number {
  return a + b;
}
