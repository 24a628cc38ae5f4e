import type * as explanation from './explanation';
import type { ExportParams, Exported } from './exports';
import { notification, request0, request1 } from './request';
import { tuningRequests } from './tuningRequests';

export type { Notification, Request0, Request1 } from './request';

/** Names one sequence: the absolute path of its file and its number in it, from 0. */
export interface SequenceRef {
  readonly path: string;
  readonly number: number;
}

/** What is shown of a sequence. Every string comes from a file and is hostile to HTML. */
export interface SequenceSummary {
  readonly ref: SequenceRef;
  /** The path from the workspace folder, with forward slashes (after the folder's name if there are several). */
  readonly file: string;
  /** How many sequences the file holds. */
  readonly siblings: number;
  readonly format: string;
  readonly name: string | null;
  readonly label: string | null;
  /** The channel names in order, `null` where the file gives none. */
  readonly channels: readonly (string | null)[];
  readonly steps: number;
  /** Hz, or `null` if unknown. */
  readonly rate: number | null;
  /** Share of the time steps that the embedding covers: 1 unless the sequence is longer than the budget. */
  readonly covered: number;
  readonly notes: readonly string[];
}

export type Scope = 'layout' | 'all';

export interface Match {
  /** From 1. */
  readonly rank: number;
  readonly distance: number;
  readonly sequence: SequenceSummary;
}

export type IndexState = 'starting' | 'scanning' | 'indexing' | 'ready' | 'paused';

export interface IndexStatus {
  readonly state: IndexState;
  /** Files that are finished, and all candidate files found so far. */
  readonly done: number;
  readonly total: number;
  readonly sequences: number;
  /** Files, or sequences of files, that could not be used. */
  readonly skipped: number;
  /** What a user must know of the cache (a full disk, say), or `null`. */
  readonly problem: string | null;
}

export interface SkippedFile {
  readonly path: string;
  readonly file: string;
  /** Set when only this sequence of the file was skipped. */
  readonly number: number | null;
  /** Ends the sentence "skipped, because ...". */
  readonly reason: string;
}

export interface SearchResult {
  readonly query: SequenceSummary;
  readonly scope: Scope;
  /** Nearest first. */
  readonly matches: readonly Match[];
  /** How many sequences were ranked: `matches` holds the first of them. */
  readonly candidates: number;
  /** How many other sequences the index holds in other layouts. */
  readonly elsewhere: number;
  readonly index: IndexStatus;
  readonly milliseconds: number;
}

/** A sequence reduced to one minimum and one maximum per pixel column. */
export interface Plot {
  readonly ref: SequenceRef;
  readonly steps: number;
  readonly rate: number | null;
  readonly channels: readonly PlotChannel[];
  /** Channels that the sequence has beside those in `channels`. */
  readonly hidden: number;
}

export interface PlotChannel {
  readonly name: string | null;
  readonly unit: string | null;
  readonly minimum: readonly number[];
  readonly maximum: readonly number[];
}

export interface WorkspaceFolder {
  readonly name: string;
  readonly path: string;
}

export interface EngineSettings {
  /** Globs, relative to a workspace folder; no include globs stand for every supported file. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly useGitignore: boolean;
  readonly maximumFileMegabytes: number;
  /** Time steps per channel that an embedding covers at most. */
  readonly maximumSteps: number;
  readonly arrayAxes: 'auto' | 'time-first' | 'channels-first';
  readonly threads: number;
}

/** What holds unless a user sets it otherwise; the editor's settings have the same defaults. */
export const defaultSettings: EngineSettings = {
  include: [],
  exclude: ['**/node_modules/**'],
  useGitignore: true,
  maximumFileMegabytes: 1024,
  maximumSteps: 262_144,
  arrayAxes: 'auto',
  threads: 2,
};

export interface OpenParams {
  readonly folders: readonly WorkspaceFolder[];
  /** Where the cache is kept. */
  readonly storage: string;
  /** The folder with `encoder.onnx` and `encoder.json`. */
  readonly models: string;
  /** The folder of the encoder to use if that one cannot be used. */
  readonly bundledModels?: string;
  readonly settings: EngineSettings;
  /** Whether to watch the folders for changes. */
  readonly watch: boolean;
}

export interface SearchParams {
  readonly query: SequenceRef;
  readonly scope: Scope;
  readonly limit: number;
}

/** From `least` to `most`, both included; `null` where there is no bound. */
export interface Range {
  readonly least: number | null;
  readonly most: number | null;
}

/** What a match must be to be listed; all conditions hold together. */
export interface MatchFilter {
  /** Words of which each must occur in the path, the name, the label or a channel's name, whatever the case. */
  readonly text: string;
  /** A glob that the path must match; one without a slash is for the file's name. Empty for any path. */
  readonly path: string;
  /** The labels of which the match must have one, `null` standing for none; empty for any label. */
  readonly labels: readonly (string | null)[];
  readonly formats: readonly string[];
  /** Hz. */
  readonly rate: Range;
  /** In `lengthUnit`; a recording of unknown rate has no length in seconds. */
  readonly length: Range;
  readonly lengthUnit: 'seconds' | 'steps';
  readonly channels: Range;
  readonly distance: Range;
  /** Sequences that are left out, whatever they are. */
  readonly excluded: readonly SequenceRef[];
}

export type SortKey = 'distance' | 'name' | 'folder' | 'label' | 'length' | 'rate' | 'channels' | 'format';

export type Grouping = 'none' | 'label' | 'folder';

/** How a ranking is listed. */
export interface Arrangement {
  readonly filter: MatchFilter;
  readonly sorting: { readonly key: SortKey; readonly descending: boolean };
  readonly grouping: Grouping;
  /** The names of groups whose matches are not listed. */
  readonly collapsed: readonly string[];
}

const unbounded: Range = { least: null, most: null };

/** Lets every match through. */
export const noFilter: MatchFilter = {
  text: '',
  path: '',
  labels: [],
  formats: [],
  rate: unbounded,
  length: unbounded,
  lengthUnit: 'seconds',
  channels: unbounded,
  distance: unbounded,
  excluded: [],
};

/** Everything, nearest first. */
export const plainArrangement: Arrangement = {
  filter: noFilter,
  sorting: { key: 'distance', descending: false },
  grouping: 'none',
  collapsed: [],
};

export interface ListParams {
  readonly query: SequenceRef;
  readonly scope: Scope;
  /** One for each channel of the query, none negative; `null` where all count alike, and with all layouts. */
  readonly weights: readonly number[] | null;
  readonly arrangement: Arrangement;
  /** Which part of the list is wanted. */
  readonly from: number;
  readonly count: number;
  /** Whether to rank anew; else the list is the one that was made last for the same question, if it is still known. */
  readonly fresh: boolean;
}

/** A line of the list: a match, or the head of the group that follows. */
export type ListItem =
  | (Match & { readonly kind: 'match' })
  | {
      readonly kind: 'group';
      /** The label or the folder; empty for matches that have none. */
      readonly name: string;
      readonly count: number;
      readonly collapsed: boolean;
    };

/** A part of a ranking, filtered, sorted and grouped. */
export interface Listing {
  readonly query: SequenceSummary;
  readonly scope: Scope;
  /** As they were used: `null` if those asked for do not fit the query's channels. */
  readonly weights: readonly number[] | null;
  readonly from: number;
  readonly items: readonly ListItem[];
  /** How many items the whole list has. */
  readonly length: number;
  /** How many matches the filter lets through. */
  readonly matches: number;
  readonly candidates: number;
  readonly elsewhere: number;
  /** Whether any candidate has a label. */
  readonly labelled: boolean;
  /** The smallest distance above 0 of the part that was ranked, and about the largest; 0 where there is none. */
  readonly nearest: number;
  readonly farthest: number;
  readonly index: IndexStatus;
}

/** A value that sequences have, with how many have it. */
export interface Counted<T> {
  readonly value: T;
  readonly count: number;
}

/** What there is to filter by, most frequent first. */
export interface Facets {
  readonly labels: readonly Counted<string | null>[];
  readonly formats: readonly Counted<string>[];
}

/** The sequences of one layout. */
export interface LayoutSummary {
  readonly channels: readonly (string | null)[];
  readonly sequences: number;
  /** Most frequent first; `null` for sequences without a label. */
  readonly labels: readonly Counted<string | null>[];
}

export interface PlotParams {
  readonly ref: SequenceRef;
  /** Pixel columns. */
  readonly columns: number;
  readonly channels: number;
}

export interface Diagnostics {
  readonly pid: number;
  readonly version: string;
  readonly node: string;
  readonly residentMegabytes: number;
  readonly peakMegabytes: number;
  readonly encoder: { readonly name: string; readonly training: string; readonly sha256: string };
  readonly storage: string;
  readonly sequencesPerLayout: Readonly<Record<string, number>>;
  /** Counters since the engine started. */
  readonly filesEncoded: number;
  readonly filesFromCache: number;
  readonly stepsEncoded: number;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogMessage {
  readonly level: LogLevel;
  readonly text: string;
}

/** What a rejected request carries in `ResponseError.data`: `reason` is written for the user. */
export interface RequestFailure {
  readonly reason: string;
}

/** Everything that the host asks of the engine; a rejection carries a `RequestFailure`. */
export const requests = {
  open: request1<OpenParams, IndexStatus>('open'),
  configure: request1<EngineSettings, IndexStatus>('configure'),
  folders: request1<readonly WorkspaceFolder[], IndexStatus>('folders'),
  status: request0<IndexStatus>('status'),
  pause: request0<IndexStatus>('pause'),
  resume: request0<IndexStatus>('resume'),
  /** Forgets the whole cache and indexes again. */
  rebuild: request0<IndexStatus>('rebuild'),
  /** Forgets the whole cache and pauses. */
  clear: request0<IndexStatus>('clear'),
  skipped: request0<readonly SkippedFile[]>('skipped'),
  /** The sequences of one file, embedded on the spot if they are not in the index yet. */
  sequences: request1<{ readonly path: string }, readonly SequenceSummary[]>('sequences'),
  /** Every indexed file that holds a sequence, for a picker. */
  files: request0<readonly { readonly path: string; readonly file: string }[]>('files'),
  search: request1<SearchParams, SearchResult>('search'),
  /** A part of a ranking as it is listed in the panel. */
  list: request1<ListParams, Listing>('list'),
  facets: request1<{ readonly query: SequenceRef; readonly scope: Scope }, Facets>('facets'),
  /** What the index holds, the largest layout first. */
  layouts: request0<readonly LayoutSummary[]>('layouts'),
  plot: request1<PlotParams, Plot>('plot'),
  /** A part of a sequence in finer detail. */
  series: request1<explanation.SeriesParams, explanation.Series>('series'),
  explain: request1<explanation.ExplainParams, explanation.Explanation>('explain'),
  /** Takes as long as embedding both sequences. */
  timeline: request1<explanation.TimelineParams, explanation.Timeline>('timeline'),
  passages: request1<explanation.PassageParams, readonly explanation.FeaturePassages[]>('passages'),
  align: request1<explanation.PairParams, explanation.Lag>('align'),
  calibration: request1<explanation.CalibrationParams, explanation.Calibration>('calibration'),
  /** Writes a file. */
  export: request1<ExportParams, Exported>('export'),
  diagnostics: request0<Diagnostics>('diagnostics'),
  ...tuningRequests,
} as const;

/** Everything that the engine tells the host unasked. */
export const notifications = {
  status: notification<IndexStatus>('statusChanged'),
  log: notification<LogMessage>('log'),
} as const;
