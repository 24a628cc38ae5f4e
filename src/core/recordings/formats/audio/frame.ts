import { UnreadableError } from '../../reader';
import type { BitReader } from './bits';
import { fixedCoefficients, residual } from './residual';
import type { StreamInfo } from './streamInfo';

/** The samples of one frame, by channel. */
export interface Frame {
  readonly channels: readonly Float64Array[];
  readonly bits: number;
}

const damaged = () => new UnreadableError('it is damaged: one of its frames makes no sense');
const bitsOfCode = [0, 8, 12, 0, 16, 20, 24, 32];

/** Decodes a frame of FLAC (RFC 9639, section 9). @throws UnreadableError for damage, EndOfBits where bytes are missing */
export function readFrame(reader: BitReader, info: StreamInfo): Frame {
  if (reader.unsigned(15) !== 0x7ffc) throw damaged();
  reader.unsigned(1);
  const sizeCode = reader.unsigned(4);
  const rateCode = reader.unsigned(4);
  const assignment = reader.unsigned(4);
  const bits = bitsOfCode[reader.unsigned(3)] || info.bits;
  reader.unsigned(1);
  skipNumber(reader);
  const size = sizeOf(reader, sizeCode);
  if (rateCode === 12) reader.unsigned(8);
  if (rateCode === 13 || rateCode === 14) reader.unsigned(16);
  reader.unsigned(8);
  const count = assignment < 8 ? assignment + 1 : 2;
  if (assignment > 10 || count !== info.channels || bits !== info.bits || size > info.largestBlock) throw damaged();
  // The difference of two channels needs one bit more than they do.
  const side = assignment === 8 || assignment === 10 ? 1 : assignment === 9 ? 0 : -1;
  const channels = Array.from({ length: count }, (_, i) => readSubframe(reader, size, bits + (i === side ? 1 : 0)));
  reader.align();
  reader.unsigned(16);
  if (assignment >= 8) separate(channels, assignment);
  return { channels, bits };
}

/** The number of the frame, written as UTF-8 writes characters. */
function skipNumber(reader: BitReader): void {
  const first = reader.unsigned(8);
  for (let mask = 0x40; (first & 0x80) !== 0 && (first & mask) !== 0; mask >>= 1) reader.unsigned(8);
}

function sizeOf(reader: BitReader, code: number): number {
  if (code === 0) throw damaged();
  if (code === 1) return 192;
  if (code <= 5) return 576 * 2 ** (code - 2);
  if (code === 6) return reader.unsigned(8) + 1;
  if (code === 7) return reader.unsigned(16) + 1;
  return 2 ** code;
}

function separate([first, second]: readonly Float64Array[], assignment: number): void {
  if (first === undefined || second === undefined) return;
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i]!, second[i]!];
    if (assignment === 8) second[i] = a - b;
    else if (assignment === 9) first[i] = a + b;
    else {
      // The bit that halving the sum lost is that of the difference.
      const sum = 2 * a + Math.abs(b % 2);
      first[i] = (sum + b) / 2;
      second[i] = (sum - b) / 2;
    }
  }
}

function readSubframe(reader: BitReader, size: number, frameBits: number): Float64Array {
  if (reader.unsigned(1) !== 0) throw damaged();
  const type = reader.unsigned(6);
  const wasted = reader.unsigned(1) === 0 ? 0 : reader.zeros() + 1;
  const bits = frameBits - wasted;
  if (bits < 1) throw damaged();
  const samples = new Float64Array(size);
  if (type === 0) samples.fill(reader.signed(bits));
  else if (type === 1) for (let i = 0; i < size; i++) samples[i] = reader.signed(bits);
  else if (type >= 8 && type <= 12) predict(reader, samples, bits, fixedCoefficients[type - 8] ?? [], 0);
  else if (type >= 32) predict(reader, samples, bits, null, type - 31);
  else throw damaged();
  if (wasted > 0) for (let i = 0; i < size; i++) samples[i]! *= 2 ** wasted;
  return samples;
}

/** @param fixed the coefficients of a fixed predictor; `null` for one whose `order` coefficients follow in the file */
function predict(
  reader: BitReader,
  samples: Float64Array,
  bits: number,
  fixed: readonly number[] | null,
  order: number,
): void {
  const warmUp = fixed?.length ?? order;
  if (warmUp > samples.length) throw damaged();
  for (let i = 0; i < warmUp; i++) samples[i] = reader.signed(bits);
  let [coefficients, shift] = [Float64Array.from(fixed ?? []), 0];
  if (fixed === null) {
    const precision = reader.unsigned(4) + 1;
    shift = reader.signed(5);
    if (precision === 16 || shift < 0) throw damaged();
    coefficients = Float64Array.from({ length: order }, () => reader.signed(precision));
  }
  residual(reader, samples, warmUp);
  for (let i = warmUp; i < samples.length; i++) {
    let sum = 0;
    for (let j = 0; j < coefficients.length; j++) sum += coefficients[j]! * samples[i - 1 - j]!;
    samples[i]! += Math.floor(sum / 2 ** shift);
  }
}
