import type { Reader, ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { numberCodec, type NumberType } from '../pcm/codecs';
import { spread, type Lane } from '../pcm/lanes';
import { checkFileSize, checkPromise } from '../pcm/limits';
import { decodePieces, rangeOf } from '../pcm/pieces';
import { parseWavHeader, type WavHeader } from './header';

/** Sound in WAVE files; whole numbers are scaled to [-1, 1), floating numbers are kept as they are. */
export const wavReader: Reader = {
  format: 'wav',
  version: 1,
  extensions: ['.wav', '.wave', '.rf64', '.bw64'],
  claims: () => true,
  read,
};

/** Full scale of each type of sample, and the value of silence. */
const scales: Readonly<Partial<Record<NumberType, readonly [zero: number, divisor: number]>>> = {
  u1: [128, 2 ** 7],
  i2: [0, 2 ** 15],
  i3: [0, 2 ** 23],
  i4: [0, 2 ** 31],
};

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  const header = await parseWavHeader(source);
  const steps = Math.floor(header.dataBytes / header.frameBytes);
  checkPromise(steps * header.channels, header.channels, options);
  const channels = await readChannels(source, header, steps, options);
  return [{ channels, rate: header.rate || null, label: null, name: null, notes: notesOn(header, steps) }];
}

async function readChannels(
  source: ByteSource,
  header: WavHeader,
  steps: number,
  options: ReadOptions,
): Promise<Sequence['channels']> {
  const width = header.channels;
  const [zero, divisor] = scales[header.type] ?? [0, 1];
  const lanes: Lane[] = Array.from({ length: width }, () => ({ values: new Float32Array(steps), zero, divisor }));
  const order = { groups: 1, steps, width };
  const codec = numberCodec(header.type, true);
  const pieces = rangeOf(source, header.dataStart, steps * header.frameBytes, options.signal, codec.unitBytes);
  await decodePieces(pieces, codec, steps * width, (block, start) => {
    spread(block, start, order, lanes);
  });
  return lanes.map(({ values }, i) => ({ name: nameOf(i, width), unit: null, values }));
}

/** What a channel of sound is called. */
export function nameOf(channel: number, channels: number): string {
  if (channels === 1) return 'audio';
  if (channels === 2) return channel === 0 ? 'left' : 'right';
  return `channel ${channel + 1}`;
}

function notesOn(header: WavHeader, steps: number): string[] {
  const notes: string[] = [];
  if (header.streamed) notes.push('its header leaves the length open, so all bytes to the end of the file were read');
  const left = header.dataBytes - steps * header.frameBytes;
  if (left > 0) notes.push(`${left} bytes at its end are less than one sample of every channel and were left out`);
  if (header.rate === 0) notes.push('its header gives no sampling rate');
  return notes;
}
