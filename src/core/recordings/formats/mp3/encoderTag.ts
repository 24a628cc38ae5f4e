import { frameHeaderAt } from './frameHeader';

/** What the encoder wrote into a first frame of silence. */
export interface EncoderTag {
  /** The frames that follow, `null` if it does not tell. */
  readonly frames: number | null;
  /** Samples of silence that encoder and decoder put before the sound and after it. */
  readonly delay: number;
  readonly padding: number;
}

/** A decoder of layer III gives each sample so much later. */
const decoderDelay = 529;

/** The tag that LAME and others write (http://gabriel.mp3-tech.org/mp3infotag.html), or `null`. @param at where the first frame begins */
export function encoderTagAt(bytes: Buffer, at: number): EncoderTag | null {
  const header = frameHeaderAt(bytes, at);
  if (header === null) return null;
  const start = at + 4 + header.sideBytes;
  const name = bytes.toString('latin1', start, start + 4);
  if ((name !== 'Xing' && name !== 'Info') || start + 8 > bytes.length) return null;
  const told = bytes.readUInt32BE(start + 4);
  const has = (bit: number) => (told & bit) !== 0;
  const frames = has(1) && start + 12 <= bytes.length ? bytes.readUInt32BE(start + 8) : null;
  const encoder = start + 8 + (has(1) ? 4 : 0) + (has(2) ? 4 : 0) + (has(4) ? 100 : 0) + (has(8) ? 4 : 0);
  if (encoder + 24 > bytes.length || bytes[encoder] === 0) return { frames, delay: 0, padding: 0 };
  const delays = bytes.readUIntBE(encoder + 21, 3);
  return {
    frames,
    delay: (delays >> 12) + decoderDelay,
    padding: Math.max(0, (delays & 0xfff) - decoderDelay),
  };
}
