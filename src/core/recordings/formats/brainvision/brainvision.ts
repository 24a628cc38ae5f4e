import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { marksOf, type Saying } from '../../marks';
import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import { stepsOf, type Channel, type Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { numberCodec } from '../pcm/codecs';
import { spread } from '../pcm/lanes';
import { checkFileSize, checkPromise } from '../pcm/limits';
import { inFile } from '../pcm/named';
import { decodePieces, rangeOf } from '../pcm/pieces';
import { listed, quoted } from '../pcm/text';
import { hasVisionMagic, parseVisionHeader, type VisionHeader } from './header';
import { parseMarkers } from './markers';
import { samplesFor } from '../../allocate';

/** BrainVision recordings: a header (`.vhdr`), and the files of samples and markers that it names. */
export const brainvisionReader: Reader = {
  format: 'brainvision',
  version: 1,
  extensions: ['.vhdr'],
  claims: ({ head }) => hasVisionMagic(head),
  companions,
  read,
};

const longestText = 2 ** 24;

async function headerOf(source: ByteSource): Promise<VisionHeader> {
  if (source.size > longestText) throw new UnreadableError(`its header is longer than ${longestText} bytes`);
  return parseVisionHeader(await source.read(0, source.size), stemOf(source));
}

function stemOf({ name }: ByteSource): string {
  return basename(name, extname(name));
}

/** The files of samples and markers. A damaged header names none, and `read` tells what is wrong with it. */
async function companions(source: ByteSource): Promise<readonly string[]> {
  try {
    const header = await headerOf(source);
    const { name } = await dataFileOf(source, header);
    return [name, ...(header.markerFile === null ? [] : [header.markerFile])].map((file) => beside(source, file));
  } catch (error) {
    if (error instanceof UnreadableError) return [];
    throw error;
  }
}

function beside(source: ByteSource, file: string): string {
  return join(dirname(source.path), file);
}

/** The file of samples that the header names or, since files are renamed, the one that is called like the header. */
async function dataFileOf(
  source: ByteSource,
  { dataFile }: VisionHeader,
): Promise<{ readonly name: string; readonly note: readonly string[] }> {
  const names = new Set(await readdir(dirname(source.path)));
  const own = ['.eeg', '.dat'].map((extension) => stemOf(source) + extension).find((name) => names.has(name));
  if (names.has(dataFile) || own === undefined) return { name: dataFile, note: [] };
  return { name: own, note: [`its data file ${quoted(dataFile)} is missing, so ${quoted(own)} was read`] };
}

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  const header = await headerOf(source);
  const data = await dataFileOf(source, header);
  const named = { path: beside(source, data.name), file: `data file ${quoted(data.name)}` };
  const { channels, notes } = await inFile(named, (samples) => readSamples(samples, header, options));
  const markers = await markersOf(source, header, options);
  const all = [...data.note, ...notes, ...markers.note];
  if (header.rate === null) all.push('its header gives no sampling interval, so its rate is not known');
  const whole = { channels, rate: header.rate, label: null, name: null, notes: all };
  if (options.decisions?.segments !== true) return [whole];
  return [{ ...whole, marks: marksOf(markers.sayings, stepsOf(whole)) }];
}

async function readSamples(
  source: ByteSource,
  header: VisionHeader,
  options: ReadOptions,
): Promise<{ readonly channels: readonly Channel[]; readonly notes: readonly string[] }> {
  checkFileSize(source, options);
  const codec = numberCodec(header.type, header.littleEndian);
  const width = header.channels.length;
  const there = Math.floor(source.size / (codec.unitBytes * width));
  const steps = Math.min(there, header.points ?? there);
  checkPromise(steps * width, width, options);
  // Channel after channel, the length that the header gives is where the next one begins.
  if (header.vectorized && header.points !== null && there < header.points) {
    throw new UnreadableError(
      `it is truncated: its header promises ${header.points} samples of each channel, but it has ${there}`,
    );
  }
  const order = header.vectorized ? { groups: width, steps, width: 1 } : { groups: 1, steps, width };
  const lanes = header.channels.map(({ name, unit, resolution }) => ({
    name,
    unit,
    values: samplesFor(steps),
    zero: 0,
    divisor: 1 / resolution,
  }));
  const pieces = rangeOf(source, 0, steps * width * codec.unitBytes, options.signal, codec.unitBytes);
  await decodePieces(pieces, codec, steps * width, (block, start) => {
    spread(block, start, order, lanes);
  });
  const channels = lanes.map(({ name, unit, values }) => ({ name, unit, values }));
  return { channels, notes: lengthNote(source, header, steps, codec.unitBytes * width) };
}

function lengthNote(source: ByteSource, { points }: VisionHeader, steps: number, frameBytes: number): string[] {
  if (points !== null && points > steps) {
    return [
      `it is truncated: its header promises ${points} samples of each channel, and the ${steps} that are there were read`,
    ];
  }
  const left = source.size - steps * frameBytes;
  return left === 0 ? [] : [`${left} bytes after its samples were left out`];
}

interface Markers {
  readonly note: readonly string[];
  readonly sayings: readonly Saying[];
}

/** The samples can be read without markers, so that a file of markers that cannot be read is only noted. */
async function markersOf(source: ByteSource, { markerFile }: VisionHeader, options: ReadOptions): Promise<Markers> {
  if (markerFile === null) return { note: [], sayings: [] };
  try {
    const named = { path: beside(source, markerFile), file: `marker file ${quoted(markerFile)}` };
    const { count, texts, sayings } = await inFile(named, async (markers) => {
      if (markers.size > Math.min(longestText, options.maximumBytes)) throw new UnreadableError('it is far too long');
      return parseMarkers((await markers.read(0, markers.size)).toString('utf8'));
    });
    const note = `it has ${count === 1 ? 'a marker' : `${count} markers`}: ${listed(texts)}`;
    return { note: count === 0 ? [] : [note], sayings };
  } catch (error) {
    if (error instanceof UnreadableError) return { note: [error.message], sayings: [] };
    throw error;
  }
}
