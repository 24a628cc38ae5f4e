/** What the header of an MP3 frame says. */
export interface FrameHeader {
  /** Hz. */
  readonly rate: number;
  readonly channels: number;
  /** Samples of each channel in the frame. */
  readonly samples: number;
  /** All bytes of the frame. */
  readonly bytes: number;
  /** Bytes between the header and the frame's samples. */
  readonly sideBytes: number;
}

/** In Hz, of the first version of MPEG; the others have a half and a quarter of them. */
const rates = [44_100, 48_000, 32_000];
/** Kilobits each second, of the first version and of the others. */
const bitRates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;

/** The header of a frame of layer III at `at`, or `null` if there is none. A frame that does not tell its length is none. */
export function frameHeaderAt(bytes: Uint8Array, at: number): FrameHeader | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return null;
  const [second, third, fourth] = [bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!];
  const version = (second >> 3) & 3;
  const isLayer3 = second >> 5 === 7 && ((second >> 1) & 3) === 1;
  const isFirst = version === 3;
  const bitRate = bitRates[isFirst ? 0 : 1][third >> 4] ?? 0;
  const firstRate = rates[(third >> 2) & 3];
  if (!isLayer3 || version === 1 || firstRate === undefined || bitRate === 0) return null;
  const rate = firstRate / (isFirst ? 1 : version === 2 ? 2 : 4);
  const channels = fourth >> 6 === 3 ? 1 : 2;
  const samples = isFirst ? 1152 : 576;
  const padding = (third >> 1) & 1;
  const sideBytes = isFirst ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { rate, channels, samples, bytes: Math.floor((samples * bitRate * 125) / rate) + padding, sideBytes };
}
