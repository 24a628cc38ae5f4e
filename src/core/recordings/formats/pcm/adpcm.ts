import type { Codec } from './codecs';

/** A codec whose units are blocks of several frames (one sample of every channel each), as 16-bit integers. */
export interface BlockCodec extends Codec {
  /** How many frames the first `bytes` bytes of a block give. */
  framesOfPart(bytes: number): number;
}

const imaSteps = Int32Array.from([
  ...[7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97],
  ...[107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796],
  ...[876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871],
  ...[5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623],
  ...[27086, 29794, 32767],
]);
const imaIndexChanges = Int32Array.of(-1, -1, -1, -1, 2, 4, 6, 8);

/** The IMA decoder of one channel (IMA Digital Audio Focus and Technical Working Groups, 1992). */
class ImaState {
  private index: number;

  constructor(
    private value: number,
    index: number,
  ) {
    this.index = clamp(index, 0, imaSteps.length - 1);
  }

  next(code: number): number {
    const step = imaSteps[this.index]!;
    let change = step >> 3;
    if (code & 1) change += step >> 2;
    if (code & 2) change += step >> 1;
    if (code & 4) change += step;
    this.value = clampToInt16(this.value + (code & 8 ? -change : change));
    this.index = clamp(this.index + imaIndexChanges[code & 7]!, 0, imaSteps.length - 1);
    return this.value;
  }
}

/**
 * IMA ADPCM of WAVE files: a block begins with a sample and a step index of each channel; then words of eight codes of each
 * channel take turns (RFC 2361 and the Multimedia Data Standards Update of 1994).
 */
export function imaWaveCodec(blockBytes: number, channels: number): BlockCodec {
  const headBytes = 4 * channels;
  const framesOfPart = (bytes: number) =>
    bytes < headBytes ? 0 : 1 + 8 * Math.floor((bytes - headBytes) / (4 * channels));
  return blockCodec(blockBytes, channels, framesOfPart, (block, values) => {
    for (let c = 0; c < channels; c++) {
      const first = int16(block, 4 * c);
      const state = new ImaState(first, block[4 * c + 2]!);
      values[c] = first;
      const frames = values.length / channels;
      for (let frame = 1; frame < frames; frame++) {
        const word = headBytes + ((frame - 1) >> 3) * headBytes + 4 * c;
        const byte = block[word + (((frame - 1) & 7) >> 1)]!;
        values[frame * channels + c] = state.next((frame - 1) & 1 ? byte >> 4 : byte & 15);
      }
    }
  });
}

const appleBytes = 34;
const appleFrames = 64;

/** IMA ADPCM of AIFF-C files (`ima4`): packets of 64 samples of each channel take turns (Apple Technical Note TN1081). */
export function imaAppleCodec(channels: number): BlockCodec {
  const framesOfPart = (bytes: number) => (bytes < appleBytes * channels ? 0 : appleFrames);
  return blockCodec(appleBytes * channels, channels, framesOfPart, (block, values) => {
    for (let c = 0; c < channels; c++) {
      const head = (block[appleBytes * c]! << 8) | block[appleBytes * c + 1]!;
      const state = new ImaState(((head & 0xff80) << 16) >> 16, head & 0x7f);
      for (let frame = 0; frame < appleFrames; frame++) {
        const byte = block[appleBytes * c + 2 + (frame >> 1)]!;
        values[frame * channels + c] = state.next(frame & 1 ? byte >> 4 : byte & 15);
      }
    }
  });
}

/** The pairs of coefficients that every Microsoft ADPCM file has, in 1/256. */
export const msCoefficients: readonly (readonly [number, number])[] = [
  ...([[256, 0], [512, -256], [0, 0], [192, 64], [240, 0], [460, -208], [392, -232]] as const), // prettier-ignore
];
const msAdaptation = Int32Array.of(230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230);

/** Microsoft ADPCM (Multimedia Data Standards Update, 1994): each block holds its own predictor, step and two samples. */
export function msCodec(
  blockBytes: number,
  channels: number,
  coefficients: readonly (readonly [number, number])[],
): BlockCodec {
  const headBytes = 7 * channels;
  const framesOfPart = (bytes: number) =>
    bytes < headBytes ? 0 : 2 + Math.floor((2 * (bytes - headBytes)) / channels);
  return blockCodec(blockBytes, channels, framesOfPart, (block, values) => {
    for (let c = 0; c < channels; c++) {
      const [first, second] = coefficients[block[c]!] ?? [0, 0];
      let step = int16(block, channels + 2 * c);
      let before = int16(block, 5 * channels + 2 * c);
      let last = int16(block, 3 * channels + 2 * c);
      values[c] = before;
      values[channels + c] = last;
      for (let at = 2 * channels + c; at < values.length; at += channels) {
        const place = at - 2 * channels;
        const byte = block[headBytes + (place >> 1)]!;
        const code = place & 1 ? byte & 15 : byte >> 4;
        const predicted = ((last * first + before * second) >> 8) + ((code << 28) >> 28) * step;
        before = last;
        last = clampToInt16(predicted);
        step = Math.max(16, (msAdaptation[code]! * step) >> 8);
        values[at] = last;
      }
    }
  });
}

function blockCodec(
  blockBytes: number,
  channels: number,
  framesOfPart: (bytes: number) => number,
  decodeBlock: (block: Uint8Array, values: Float64Array) => void,
): BlockCodec {
  const unitValues = framesOfPart(blockBytes) * channels;
  return {
    unitBytes: blockBytes,
    unitValues,
    framesOfPart,
    decode(bytes, values) {
      for (let from = 0, to = 0; from < bytes.length; from += blockBytes, to += unitValues) {
        decodeBlock(bytes.subarray(from, from + blockBytes), values.subarray(to, to + unitValues));
      }
    },
  };
}

function int16(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 1]! << 24) | (bytes[at]! << 16)) >> 16;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function clampToInt16(value: number): number {
  return clamp(value, -(2 ** 15), 2 ** 15 - 1);
}
