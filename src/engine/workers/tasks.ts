import type { EmbeddedSequence, EmbedRequest, WorkOptions } from '../../core/index/fileWorker';
import type { Span } from '../../core/encoder/windows';
import type { Moved } from '../../core/ranking/moving';
import type { Columns } from '../../core/recordings/reduce';
import type { DistributionBlock } from '../../core/ranking/explanation/blocks';
import type { Response } from '../../core/encoder/description';
import type { ChannelScale } from '../../core/encoder/inputs';
import type { FeaturePassages, Lag, PassageParams, Reasons, Strip } from '../../protocol/explanation';
import type { FeatureBytes } from '../../core/encoder/featureBytes';
import type { ByteQuery } from '../../core/ranking/byteQuery';
import type { PatternError, PatternMatch } from '../../core/labels/pattern';
import type { FoundCopy } from '../../core/recordings/copies/copyKind';
import type { ChannelVitals } from '../../core/recordings/faults/vitals';
import type { ContentMark } from '../../core/recordings/readFile';
import type { DuplicateCounts, KnownPair } from '../../core/ranking/checks/duplicates';
import type { Group } from '../../core/ranking/checks/groups';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import type { Glance } from '../../core/index/glance';
import type { Survey } from '../../core/index/store/records';
import type { ReadingDescription } from '../../core/recordings/reading/description';
import type { HeardSamples, ListedSequence, OutlinedSequence, SpectrogramOf } from './recordingTasks';

/** A sequence's plot before it is put on the wire. */
export interface ReducedSequence {
  readonly steps: number;
  readonly rate: number | null;
  readonly span: Span;
  readonly channels: readonly (Columns & {
    readonly index: number;
    readonly name: string | null;
    readonly unit: string | null;
  })[];
  /** Channels that the sequence has beside those. */
  readonly hidden: number;
}

/** A sequence of a file, and how that is read. */
export type PlacedSequence = Pick<LocatedSequence, 'path' | 'number' | 'options'>;

/** A sequence of a file, with what its embedding was made by and is. */
export interface LocatedSequence {
  readonly path: string;
  /** How the file is read. */
  readonly options: WorkOptions;
  readonly number: number;
  readonly scales: readonly ChannelScale[];
  /** The rate to which it is brought before, in Hz, or `null`. */
  readonly rate: number | null;
}

export interface LocatedEmbedding extends LocatedSequence {
  /** As it is compared: pooled over channels or not. */
  readonly values: Uint8Array;
}

/** A sequence in which windows are looked for; all in its own time steps. */
export interface SearchedSequence {
  /** As the index knows them. */
  readonly steps: number;
  /** Of every window. */
  readonly length: number;
  /** What none may overlap, or `null`. */
  readonly without: Span | null;
}

/** The same, and where in a file it is. */
export interface LocatedWindows extends SearchedSequence, Pick<LocatedSequence, 'number' | 'scales' | 'rate'> {}

/** The features of a part of a recording. */
export interface OpenPart {
  /** In the recording's own time steps. */
  readonly part: Span;
  readonly features: FeatureBytes;
  /** Time steps of the recording as it is compared, and how many of them one of its own is. */
  readonly comparedSteps: number;
  readonly ratio: number;
}

/** A part of a recording in which windows are looked for. */
export interface WindowsOfPart {
  readonly sequence: SearchedSequence;
  readonly open: OpenPart;
}

/** A stretch of a recording as it is compared. */
export interface EmbeddedStretch {
  readonly codes: Uint8Array<ArrayBuffer>;
  /** See `profileOf`, channel after channel. */
  readonly profile: Float32Array<ArrayBuffer>;
  readonly query: ByteQuery;
  /** The share of its time steps at which a sample was missing. */
  readonly missing: number;
}

export interface DescribedFile extends ReadingDescription {
  /** All that there are to choose from; none where a table shows them. */
  readonly channels: readonly (string | null)[];
}

/** What `matchPattern` gave, or why it could not. */
export type MatchAnswer =
  | { readonly matches: readonly (PatternMatch | null)[] }
  | { readonly kind: PatternError['kind']; readonly reason: string };

/** What a worker thread can be asked for, with its answer. */
export interface Tasks {
  /** How a file is read. */
  describe(args: { path: string; options: WorkOptions }): DescribedFile;
  /** A sequence of a file that a user looks at. */
  outline(args: { path: string; options: WorkOptions; number: number }): OutlinedSequence;
  list(args: { path: string; options: WorkOptions; from: number; count: number }): readonly ListedSequence[];
  /** At most `mostHeard` samples of a stretch of a channel. */
  samples(args: { path: string; options: WorkOptions; number: number; channel: number; span: Span }): HeardSamples;
  spectrogram(args: {
    path: string;
    options: WorkOptions;
    number: number;
    channel: number;
    span: Span;
    columns: number;
    rows: number;
  }): SpectrogramOf;
  glances(args: { paths: readonly string[] }): readonly Glance[];
  mark(args: { path: string; options: WorkOptions }): ContentMark;
  survey(args: { path: string; options: WorkOptions }): Survey;
  embed(args: { path: string; options: WorkOptions; requests: readonly EmbedRequest[] }): readonly EmbeddedSequence[];
  reduce(args: {
    path: string;
    options: WorkOptions;
    number: number;
    columns: number;
    /** The channels, or how many of the first. */
    channels: readonly number[] | number;
    /** Whether channels are counted in the order of the file, and not of their layout. */
    asWritten: boolean;
    /** The whole sequence without one. */
    span: Span | null;
  }): ReducedSequence;
  /** What the time steps of a recording cost in comparison with another embedding. */
  strip(args: {
    own: LocatedEmbedding;
    other: Uint8Array;
    /** Those that are wanted. */
    blocks: readonly DistributionBlock[];
    /** A key for the way of comparing, by which the same block always weighs the same. */
    comparing: string;
    /** How many channels count. */
    counted: number;
    span: Span | null;
    columns: number;
    channels: readonly number[];
  }): Strip;
  /** What each feature answers to. */
  responses(args: Record<string, never>): readonly Response[];
  /** In which respects one channel of two recordings differs, and where. */
  reasons(args: {
    query: LocatedEmbedding;
    match: LocatedEmbedding;
    channel: number;
    /** Those of the channel. */
    blocks: readonly DistributionBlock[];
    comparing: string;
  }): Reasons;
  passages(args: {
    of: LocatedSequence;
    features: PassageParams['features'];
    count: number;
    columns: number;
  }): readonly FeaturePassages[];
  /** Applies a regular expression of the user to names, which may take a second. */
  match(args: { pattern: string; files: readonly string[] }): MatchAnswer;
  /** Embeds a stretch of a sequence. */
  stretch(args: LocatedSequence & { span: Span }): EmbeddedStretch;
  /** Encodes parts of recordings of a file. */
  open(args: {
    path: string;
    options: WorkOptions;
    parts: readonly { readonly sequence: LocatedWindows; readonly part: Span }[];
  }): readonly OpenPart[];
  /** Estimates of what the windows of parts cost, in their order; infinite for those that may not be found. */
  estimate(args: { query: ByteQuery; parts: readonly WindowsOfPart[] }): readonly Float32Array[];
  /** Moves windows as long as they come nearer: on the grid, or by single time steps. */
  move(args: {
    query: ByteQuery;
    by: 'grid' | 'single';
    parts: readonly (WindowsOfPart & { readonly starts: readonly number[] })[];
  }): readonly (readonly Moved[])[];
  /** What all windows of parts cost; infinite for those that may not be found. */
  measure(args: { query: ByteQuery; parts: readonly WindowsOfPart[] }): readonly Float64Array[];
  /** What recordings cost as a whole, to the last digit. */
  compare(args: {
    path: string;
    options: WorkOptions;
    codes: Uint8Array;
    sequences: readonly LocatedWindows[];
  }): readonly number[];
  align(args: { query: LocatedSequence; match: LocatedSequence }): Lag;
  /** The vitals of sequences of a file, `null` for one that cannot be read any more. */
  vitals(args: {
    path: string;
    options: WorkOptions;
    numbers: readonly number[];
  }): readonly (readonly ChannelVitals[] | null)[];
  /** How the second of each pair is a copy of the first. */
  copies(args: { pairs: readonly (readonly [PlacedSequence, PlacedSequence])[] }): readonly FoundCopy[];
  /** As the function of this name. */
  likeLevels(args: { rows: Float32Array; count: number; channels: number; most: number }): Int32Array;
  /** The local outlier factor of every sequence of a graph. */
  outlierFactors(args: { graph: GraphEdges }): Float64Array<ArrayBuffer>;
  /** The groups of more than one sequence. */
  groups(args: { graph: GraphEdges }): readonly Group[];
  duplicateCounts(args: { graph: GraphEdges; steps: number; known: readonly KnownPair[] }): DuplicateCounts;
}

/** A graph of neighbours without the keys of its sequences. */
export type GraphEdges = Omit<NeighbourGraph, 'keys'> & { readonly count: number };

export type TaskName = keyof Tasks;

/** What a worker thread is started with. */
export interface WorkerSettings {
  /** The folder of the encoder. */
  readonly models: string;
}

export type ToWorker =
  | { readonly type: 'run'; readonly id: number; readonly task: TaskName; readonly args: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  /** Stop what is running, then end. */
  | { readonly type: 'close' };

export type FromWorker =
  | { readonly type: 'done'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: PortableError };

/** An error as it crosses threads: structured cloning keeps neither class nor code. */
export interface PortableError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** The code of the file system error behind it, if there is one. */
  readonly code: string | null;
  /** The recording that an `UnreadableError` names. */
  readonly path: string | null;
}
