import { UnreadableError } from '../../reader';
import type { NumberType } from '../pcm/codecs';
import { checkPlainName } from '../pcm/named';
import { plainText, quoted } from '../pcm/text';

/** One channel as the part `[Channel Infos]` describes it. */
export interface VisionChannel {
  readonly name: string | null;
  readonly unit: string;
  /** Physical units per stored unit. */
  readonly resolution: number;
}

export interface VisionHeader {
  /** The data file's name: plain, in the folder of the header. */
  readonly dataFile: string;
  /** The marker file's name, or `null`. */
  readonly markerFile: string | null;
  readonly type: NumberType;
  readonly littleEndian: boolean;
  /** Whether all samples of a channel follow one another, and do not take turns with those of the others. */
  readonly vectorized: boolean;
  readonly channels: readonly VisionChannel[];
  /** Time steps that the header promises, or `null`. */
  readonly points: number | null;
  /** Hz, or `null` if not given. */
  readonly rate: number | null;
}

const magic = /^\s*Brain ?Vision(?: V-Amp)? Data(?: Exchange)? Header File/i;

const types: Readonly<Record<string, NumberType>> = {
  INT_16: 'i2',
  UINT_16: 'u2',
  INT_32: 'i4',
  IEEE_FLOAT_32: 'f4',
  IEEE_FLOAT_64: 'f8',
};

const mostChannels = 4096;

/** Whether a file begins like a BrainVision header. */
export function hasVisionMagic(head: Buffer): boolean {
  return magic.test(head.toString('utf8', 0, 200).replace(/^\ufeff/, ''));
}

/**
 * Parses the text of a `.vhdr` file (BrainVision Core Data Format 1.0).
 * @param stem the name of the header without its extension, which `$b` stands for
 * @throws UnreadableError for damage and for data that are not samples in a binary file
 */
export function parseVisionHeader(bytes: Buffer, stem: string): VisionHeader {
  if (!hasVisionMagic(bytes)) throw new UnreadableError('it does not begin like a BrainVision header');
  const sections = sectionsOf(decoded(bytes));
  const common = sections.get('common infos') ?? new Map<string, string>();
  const valueOf = (key: string) => common.get(key.toLowerCase()) ?? '';
  expectWord('DataFormat', valueOf('DataFormat'), ['BINARY']);
  expectWord('DataType', valueOf('DataType'), ['TIMEDOMAIN']);
  const orientation = expectWord('DataOrientation', valueOf('DataOrientation'), ['MULTIPLEXED', 'VECTORIZED']);
  const binary = sections.get('binary infos') ?? new Map<string, string>();
  const format = (binary.get('binaryformat') ?? 'INT_16').toUpperCase();
  const type = types[format];
  if (type === undefined) throw new UnreadableError(`its samples are stored as ${quoted(format)}, which is not known`);
  const fileOf = (key: string) => valueOf(key).replaceAll('$b', stem);
  const [dataFile, markerFile] = [fileOf('DataFile'), fileOf('MarkerFile')];
  checkPlainName(dataFile, 'data file');
  if (markerFile !== '') checkPlainName(markerFile, 'marker file');
  const interval = Number(valueOf('SamplingInterval').replace(',', '.'));
  return {
    dataFile,
    markerFile: markerFile || null,
    type,
    littleEndian: !/^(?:yes|true|1)$/i.test(binary.get('usebigendianorder') ?? ''),
    vectorized: orientation === 'VECTORIZED',
    channels: channelsOf(valueOf('NumberOfChannels'), sections.get('channel infos') ?? new Map<string, string>()),
    points: countOf(valueOf('DataPoints')),
    rate: interval > 0 && Number.isFinite(1e6 / interval) ? Number((1e6 / interval).toPrecision(9)) : null,
  };
}

/** A word that may be left out, which then is the first of those that are allowed. */
function expectWord(key: string, value: string, allowed: readonly string[]): string {
  const word = value.toUpperCase() || (allowed[0] ?? '');
  if (allowed.includes(word)) return word;
  throw new UnreadableError(`its ${key} is ${quoted(value)}; only ${allowed.join(' and ')} can be read`);
}

/** Headers say their encoding; older ones that do not are in that of Windows. */
function decoded(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text.replace(/^\ufeff/, '');
}

type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The entries `key=value` of each part `[name]`, keys and names in small letters. */
export function sectionsOf(text: string): Sections {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const name = /^\s*\[([^\]]{1,80})\]\s*$/.exec(line)?.[1]?.toLowerCase();
    if (name !== undefined) {
      section = sections.get(name) ?? new Map<string, string>();
      sections.set(name, section);
      // What follows is written for people.
      if (name === 'comment') break;
    }
    const [, key = '', value = ''] = /^\s*([^;=\s][^=]*?)\s*=(.*)$/.exec(line) ?? [];
    if (key !== '') section.set(key.toLowerCase(), value.trim());
  }
  return sections;
}

function channelsOf(number: string, infos: ReadonlyMap<string, string>): VisionChannel[] {
  const count = countOf(number);
  if (count === null) throw new UnreadableError(`${quoted(number)} is no number of channels`);
  if (count > mostChannels) {
    throw new UnreadableError(`it promises ${count} channels, more than the limit of ${mostChannels}`);
  }
  return Array.from({ length: count }, (_, i) => {
    const [name = '', , resolution = '', unit = ''] = (infos.get(`ch${i + 1}`) ?? '').split(',');
    const scale = Number(resolution.trim() || 1);
    if (!Number.isFinite(scale) || scale === 0) {
      throw new UnreadableError(`${quoted(resolution)} is no resolution (channel ${i + 1})`);
    }
    // Commas in names are written as \1.
    return {
      name: plainText(name.replaceAll('\\1', ',')) || null,
      unit: plainText(unit) || 'µV',
      resolution: scale,
    };
  });
}

function countOf(text: string): number | null {
  return /^\d{1,15}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}
