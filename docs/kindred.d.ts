import type { CancellationToken, Event, Uri } from 'vscode';

/**
 * What the extension `kindred.kindred` exports. Copy this file into your extension; `docs/api.md` says how it is used.
 */
export interface KindredExports {
  /** @throws Error for a version that this release does not have */
  getApi(version: 1): KindredApi;
}

/**
 * Version 1. It may gain fields and functions; none goes or changes its meaning. Promises reject with an `Error` whose
 * message is written for users: in Restricted Mode, without a folder, for files that cannot be read;
 * with the editor's `CancellationError` once the token is cancelled.
 */
export interface KindredApi {
  readonly version: 1;
  /** Ranks the recordings of the open folders by their distance to one of them, or to any other file on this disk. */
  search(file: Uri, options?: SearchOptions, token?: CancellationToken): Promise<SearchAnswer>;
  /** The embedding of a recording. */
  embed(file: Uri, options?: EmbedOptions, token?: CancellationToken): Promise<Embedding>;
  /** What the index is now. */
  readonly index: IndexState;
  /** The index has grown or changed, or another state begins. */
  readonly onDidChangeIndex: Event<IndexState>;
}

export interface SearchOptions {
  /** Which recording of a file that holds several, from 1. Default 1. */
  readonly sequence?: number;
  /** How many matches at most. Default 10. */
  readonly top?: number;
  /** Whether recordings with other channels are ranked as well, pooled over channels. Default false. */
  readonly allLayouts?: boolean;
  /** What each channel counts for. Default: all alike. */
  readonly weights?: readonly number[];
}

export interface EmbedOptions {
  /** Which recording of a file that holds several, from 1. Default 1. */
  readonly sequence?: number;
}

/** A recording. Every text comes from a file: do not run or render it unescaped. */
export interface Recording {
  /** The absolute path of its file. */
  readonly path: string;
  /** The path from the folder, with forward slashes (after the folder's name if there are several). */
  readonly file: string;
  /** Its number in the file, from 1. */
  readonly sequence: number;
  /** How many recordings the file holds. */
  readonly siblings: number;
  readonly name: string | null;
  readonly label: string | null;
  readonly format: string;
  /** The names of the channels in order, `null` where the file gives none. */
  readonly channels: readonly (string | null)[];
  readonly steps: number;
  /** Hz, or `null` if unknown. */
  readonly rate: number | null;
}

export interface Match extends Recording {
  /** From 1. */
  readonly rank: number;
  readonly distance: number;
  /** The share of the time steps that the embedding covers. */
  readonly covered: number;
}

export interface SearchAnswer {
  readonly query: Recording;
  /** How many recordings were ranked, and how many have other channels and were not. */
  readonly candidates: number;
  readonly elsewhere: number;
  /** Nearest first. */
  readonly rows: readonly Match[];
}

export interface Embedding {
  readonly recording: Recording;
  readonly encoder: { readonly name: string; readonly sha256: string };
  /** One list of numbers for each channel, all of one length. */
  readonly channels: readonly Float32Array[];
  /**
   * What each number of a channel counts for: the distance of two recordings with as many channels is the mean over
   * channels of the sum of weight times |a - b|.
   */
  readonly weights: Float32Array;
}

export interface IndexState {
  /**
   * `noFolder`: none is open; `restricted`: Restricted Mode; `idle`: not started; `failed`: the engine ended; the others are
   * stages of indexing.
   */
  readonly state:
    'noFolder' | 'restricted' | 'idle' | 'failed' | 'starting' | 'scanning' | 'indexing' | 'ready' | 'paused';
  /** Recordings that can be searched. */
  readonly sequences: number;
  /** Files that are finished, and all that were found. */
  readonly done: number;
  readonly total: number;
}
