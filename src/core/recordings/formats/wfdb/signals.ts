import { UnreadableError, type ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import { spread } from '../pcm/lanes';
import { checkPromise } from '../pcm/limits';
import { decodePieces, rangeOf, type Visit } from '../pcm/pieces';
import { inFile } from '../pcm/named';
import { quoted } from '../pcm/text';
import { decodeFlac } from './flac';
import { flacBitsOf, signalFormat, type SignalFormat } from './formats';
import type { RecordHeader } from './header';
import { addUp, lanesOf, signalsOf, type Signal } from './lanes';
import { openGroups, type SignalGroup } from './signalFile';

/**
 * Reads the signals of an undivided record from the files that lie beside its header.
 * @returns the signals that have samples in the order of the header, all with the same number of frames
 * @throws UnreadableError when a file is missing, too short or too large, or in a format that is not supported
 */
export async function readSignals(headerPath: string, header: RecordHeader, options: ReadOptions): Promise<Signal[]> {
  const groups = await openGroups(headerPath, header.signals, options);
  if (groups.length === 0) throw new UnreadableError('it is a layout: it names signals, but holds no samples');
  const shortest = groups.reduce((least, group) => Math.min(least, group.frames), Infinity);
  const frames = header.frames ?? shortest;
  for (const group of groups) checkLength(group, frames);
  const stored = groups.reduce((sum, group) => sum + framesToRead(group, frames) * group.width, 0);
  const present = groups.flatMap(({ signals }) => signals);
  const highest = present.reduce((most, { samplesPerFrame }) => Math.max(most, samplesPerFrame), 1);
  const width = groups.reduce((sum, group) => sum + group.width, 0);
  checkPromise(stored, width, options);
  checkPromise(frames * highest * present.length, present.length, options);
  const signals: Signal[] = [];
  for (const group of groups) {
    const named = { path: group.path, file: `signal file ${quoted(group.file)}` };
    for (const signal of await inFile(named, (source) => readGroup(source, group, frames, options)))
      signals.push(signal);
  }
  return signals;
}

function checkLength(group: SignalGroup, frames: number): void {
  if (group.frames >= frames) return;
  throw new UnreadableError(
    `its signal file ${quoted(group.file)} is truncated: it has ${group.frames} samples of each signal, not ${frames}`,
  );
}

/** The frames that must be read of a file for all signals to have `frames` after their skew. */
function framesToRead({ signals, frames: available }: SignalGroup, frames: number): number {
  const skew = signals.reduce((most, signal) => Math.max(most, signal.skew), 0);
  return Math.min(available, frames + skew);
}

async function readGroup(
  source: ByteSource,
  group: SignalGroup,
  frames: number,
  options: ReadOptions,
): Promise<Signal[]> {
  const bits = flacBitsOf(group.format);
  const format = bits === null ? signalFormat(group.format) : null;
  const plan = lanesOf(group, framesToRead(group, frames), format);
  const invalid = bits === null ? (format?.invalid ?? null) : -(2 ** (bits - 1));
  const sums = new Float64Array(plan.lanes.length);
  const visit: Visit = (block, start) => {
    const shift = format?.shift ?? 0;
    if (shift !== 0) for (let i = 0; i < block.length; i++) block[i]! += shift;
    addUp(block, start, plan, frames, sums);
    if (invalid !== null) for (let i = 0; i < block.length; i++) if (block[i] === invalid) block[i] = NaN;
    spread(block, start, plan.order, plan.lanes);
  };
  const { steps, width } = plan.order;
  const samples = steps * width;
  if (format !== null)
    await decodePieces(unitsOf(source, group, format, samples, options), format.codec, samples, visit);
  else await decodeFlac(source, { channels: width, bits: bits ?? 0, samples: steps }, options, visit);
  return signalsOf(group, plan, sums, frames, format?.areDifferences ?? false);
}

/** The bytes of so many samples of a group, with a last unit that is not complete filled up with zeros. */
async function* unitsOf(
  source: ByteSource,
  { byteOffset }: SignalGroup,
  { codec: { unitBytes, unitValues } }: SignalFormat,
  samples: number,
  options: ReadOptions,
): AsyncGenerator<Uint8Array, void> {
  const length = Math.min(source.size - byteOffset, Math.ceil(samples / unitValues) * unitBytes);
  yield* rangeOf(source, byteOffset, length, options.signal, unitBytes);
  // The decoder takes whole units only; nobody asks for the sample that these bytes complete.
  if (length % unitBytes > 0) yield Buffer.alloc(unitBytes - (length % unitBytes));
}
