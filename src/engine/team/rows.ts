import { longestText } from '../../protocol/shapes';
import { shortened, shortenedOrNull } from '../shortened';
import { isRootName, isSafePath, layoutDigest } from './texts';

/** A recording of a team's index, as everybody may know it. Its texts are of others. */
export interface TeamRecording {
  readonly id: number;
  /** The name of the root that it lies under. */
  readonly root: string;
  /** From there, with forward slashes. */
  readonly path: string;
  readonly number: number;
  /** How many sequences its file holds. */
  readonly siblings: number;
  readonly format: string;
  /** Stands for what the file holds: recordings of one content have one embedding. */
  readonly content: string;
  readonly layout: string;
  readonly name: string | null;
  readonly label: string | null;
  readonly channels: readonly { readonly name: string | null; readonly unit: string | null }[];
  readonly steps: number;
  /** In Hz, or `null`. */
  readonly rate: number | null;
  readonly notes: readonly string[];
}

/** An embedding by the encoder of this machine. */
export interface TeamEmbedding {
  readonly content: string;
  readonly number: number;
  readonly scale: number;
  readonly covered: number;
  /** The rate to which it was brought, in Hz, or `null`. */
  readonly rate: number | null;
  readonly bytes: Uint8Array;
}

/** A recording that is no more. */
export interface GoneRecording {
  readonly id: number;
  readonly content: null;
}

const longestKey = 128;
const mostChannels = 65_536;
const mostNotes = 1000;

type Fields = Readonly<Record<string, unknown>>;

/** A row as a recording; a text for one that is none: why, as the end of the sentence "left out, because ...". */
export function recordingOf(row: Fields): TeamRecording | GoneRecording | string {
  const { id, root, path, number, content, siblings, format } = row;
  if (!isCount(id)) return 'its number is none';
  if (content === null) return { id, content };
  if (typeof root !== 'string' || !isKnownRoot(root)) return 'the name of its root cannot be one';
  if (typeof path !== 'string' || !isSafePath(path)) return 'its path does not stay below its root';
  if (!isCount(number) || !isKey(content)) return 'it names no content';
  const channels = channelsOf(row['channels']);
  const notes = notesOf(row['notes']);
  const { steps, rate } = row;
  if (channels === null || notes === null || !isCount(steps) || !isRate(rate))
    return 'what it says of its sequence cannot be';
  if (!isCount(siblings) || typeof format !== 'string') return 'its file is not described';
  return {
    ...{ id, root, path, number, content, channels, notes, steps, rate, siblings },
    format: shortened(format),
    layout: layoutOfNames(channels.map(({ name }) => name)),
    name: textOrNull(row['name']),
    label: textOrNull(row['label']),
  };
}

/** A row as an embedding, or why it is none. @param lengths bytes of an embedding by each scale */
export function embeddingOf(row: Fields, lengths: ReadonlyMap<number, number>): TeamEmbedding | string {
  const { content, number, scale, covered, rate, bytes } = row;
  if (!isKey(content) || !isCount(number)) return 'it names no content';
  if (!isCount(scale) || !isShare(covered) || !isRate(rate)) return 'what it says of itself cannot be';
  const length = lengths.get(scale);
  if (length === undefined) return 'its scale is missing, or is none';
  if (!(bytes instanceof Uint8Array) || bytes.length !== length) {
    return 'it does not have as many bytes as the encoder makes of its channels';
  }
  return { content, number, scale, covered, rate, bytes };
}

/** What a content's sequence is called. */
export function contentKey({ content, number }: { readonly content: string; readonly number: number }): string {
  return `${content} ${number}`;
}

const rootNames = new Set<string>();

/** Most recordings lie under a root that another one lies under. */
function isKnownRoot(name: string): boolean {
  if (rootNames.has(name)) return true;
  if (!isRootName(name)) return false;
  if (rootNames.size >= 1000) rootNames.clear();
  rootNames.add(name);
  return true;
}

const layouts = new Map<string, string>();

/** Most recordings of an index have channels that another one has. */
function layoutOfNames(names: readonly (string | null)[]): string {
  const text = JSON.stringify(names);
  const known = layouts.get(text);
  if (known !== undefined) return known;
  const layout = layoutDigest(names);
  if (layouts.size >= 1000) layouts.clear();
  layouts.set(text, layout);
  return layout;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}

function isRate(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && value > 0 && Number.isFinite(value));
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestKey;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? shortenedOrNull(value) : null;
}

function channelsOf(value: unknown): TeamRecording['channels'] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostChannels) return null;
  const channels: { readonly name: string | null; readonly unit: string | null }[] = [];
  for (const channel of value as readonly unknown[]) {
    if (typeof channel !== 'object' || channel === null) return null;
    const { name = null, unit = null }: Fields = { ...channel };
    if (!isShortText(name) || !isShortText(unit)) return null;
    channels.push({ name, unit });
  }
  return channels;
}

function isShortText(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && value.length <= longestText);
}

function notesOf(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length > mostNotes) return null;
  return value.every((note) => typeof note === 'string') ? value.map(shortened) : null;
}
