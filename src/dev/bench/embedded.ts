import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evenlySpaced } from '../../core/distributions/evenlySpaced';
import { randomOf } from '../../core/distributions/random';
import { channelSize } from '../../core/encoder/blocks';
import { openEncoder } from '../../core/encoder/completed';
import type { EncoderDescription } from '../../core/encoder/description';
import { loadEncoder } from '../../core/encoder/session';
import { embedPackAsBytes } from '../../core/training/evaluation/embedPack';
import { readPacks } from '../../core/training/packs/findPacks';
import type { Pack, PackSequence } from '../../core/training/packs/pack';
import { inProject } from '../project';
import { controlChart, controlChartPatterns } from '../sample/simulators/controlChart';
import { cylinderBellFunnel, cylinderBellFunnelShapes } from '../sample/simulators/cylinderBellFunnel';

/** Embeddings of one-channel series. */
export interface EmbeddedSeries {
  readonly encoder: EncoderDescription;
  /** Row after row. */
  readonly codes: Uint8Array;
  /** The file that holds the same. */
  readonly path: string;
  /** Of recordings, or of simulators. */
  readonly real: boolean;
}

/** So many rows of one pack at most, so that no pack is most of all rows. */
const mostOfPack = 6000;
const mostSteps = 2048;
const simulated = 10_000;

/**
 * Embeds the channels of all recordings of `../shared/data` one by one by the bundled encoder, up to so many rows; without
 * these data fewer series of simulators. The result is kept under the system's temporary folder, because it takes minutes.
 */
export async function embeddedSeries(mostRows: number): Promise<EmbeddedSeries> {
  const file = await openEncoder(inProject('models'));
  const { description: encoder } = file;
  const real = existsSync(inProject('../shared/data/train'));
  const key = JSON.stringify([encoder.sha256, encoder.bytes, real, mostRows, mostOfPack, mostSteps]);
  const path = join(tmpdir(), `kindred-bench-${createHash('sha256').update(key).digest('hex').slice(0, 16)}.bytes`);
  if (!existsSync(path)) {
    const session = await loadEncoder(file);
    const unfinished = `${path}-${process.pid}`;
    const out = await open(unfinished, 'w');
    let rows = 0;
    for await (const pack of real ? recordedPacks() : [simulatedPack(simulated)]) {
      const sequences = evenlySpaced(pack.sequences, Math.floor(mostOfPack / pack.channels));
      const codes = await embedPackAsBytes(session, { ...pack, sequences }, { maximumSteps: mostSteps });
      const taken = Math.min(codes.length / channelSize(encoder), mostRows - rows);
      await out.write(codes, 0, taken * channelSize(encoder));
      rows += taken;
      if (rows === mostRows) break;
    }
    await out.close();
    await rename(unfinished, path);
  }
  return { encoder, codes: await readFile(path), path, real };
}

async function* recordedPacks(): AsyncGenerator<Pack, void> {
  for (const part of ['validation', 'train']) {
    yield* readPacks([inProject(`../shared/data/${part}`)], new AbortController().signal);
  }
}

/** So many series of simulators. */
export function simulatedPack(count: number): Pack {
  const sequences = Array.from({ length: count }, (_, i): PackSequence => {
    const random = randomOf(1, `series ${i}`);
    const steps = 60 + random.below(340);
    const pattern = controlChartPatterns[i % controlChartPatterns.length] ?? 'normal';
    const shape = cylinderBellFunnelShapes[i % cylinderBellFunnelShapes.length] ?? 'bell';
    const channels =
      i % 2 === 0 ? controlChart({ pattern, steps }, random) : cylinderBellFunnel({ shape, steps }, random);
    return { channels, label: 0, columns: { label: 0 } };
  });
  return { name: 'simulated', domain: null, channels: 1, sequences, columnValues: {}, excludeBy: null };
}
