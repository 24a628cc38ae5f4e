import { UnreadableError } from '../../reader';
import type { ByteSource } from '../../source';
import { aLawCodec, muLawCodec } from '../pcm/companding';
import { expandedFormat, extentAt, integerFormat, type SampleFormat, type StoredSound } from '../pcm/sound';
import { quoted } from '../pcm/text';

const longestHeader = 2 ** 16;

/** Whether a file begins like one of NIST's, which speech corpora such as TIMIT call `.wav` as well. */
export function hasSphereMagic(head: Buffer): boolean {
  return head.toString('latin1', 0, 8) === 'NIST_1A\n';
}

/**
 * Reads the header of a NIST SPHERE file: lines `name -type value` in a block whose length stands on the second line.
 * @throws UnreadableError for damage and for samples that are packed by Shorten or another program
 */
export function parseSphereHeader(source: ByteSource): StoredSound {
  const length = Number(source.head.toString('latin1', 8, 16));
  if (!(Number.isInteger(length) && length >= 16 && length <= Math.min(longestHeader, source.head.length))) {
    throw new UnreadableError('it is truncated before its samples');
  }
  const fields = new Map<string, string>();
  for (const line of source.head.toString('latin1', 16, length).split('\n')) {
    const [, name = '', value = ''] = /^(\w+) -(?:i|r|s\d+) (.*)$/.exec(line.trim()) ?? [];
    fields.set(name, value);
  }
  const numberOf = (name: string, missing: number) => Number(fields.get(name) ?? missing);
  const channels = numberOf('channel_count', 1);
  if (!(Number.isInteger(channels) && channels > 0 && channels < 2 ** 16))
    throw new UnreadableError('it has no channels');
  const frames = numberOf('sample_count', 0);
  const rate = numberOf('sample_rate', 0);
  const format = sampleFormat(fields);
  const counted = Number.isSafeInteger(frames) && frames > 0 ? frames : null;
  const promised = counted === null ? null : counted * channels * format.codec.unitBytes;
  const extent = extentAt(source, length, promised);
  return { format, channels, rate: rate > 0 && Number.isFinite(rate) ? rate : 0, frames: counted, ...extent };
}

function sampleFormat(fields: ReadonlyMap<string, string>): SampleFormat {
  const coding = fields.get('sample_coding') ?? 'pcm';
  if (/^(?:ulaw|mu-law)$/.test(coding)) return expandedFormat(muLawCodec);
  if (coding === 'alaw') return expandedFormat(aLawCodec);
  if (coding !== 'pcm') throw new UnreadableError(`its samples are encoded as ${quoted(coding)}`);
  const bytes = Number(fields.get('sample_n_bytes') ?? 2);
  const format = integerFormat(bytes, !(fields.get('sample_byte_format') ?? '01').startsWith('1'), true);
  if (format === null) throw new UnreadableError(`its samples are whole numbers of ${bytes} bytes`);
  return format;
}
