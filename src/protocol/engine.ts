import * as v from 'valibot';
import { checkRequests } from './checks';
import { encoderRequests } from './encoders';
import { questions } from './explanation';
import { embeddingRequests, exported, exportParams } from './exports';
import { labelRequests } from './labels';
import { facetParams, facets, labelledParams, layoutSummary, listing, listParams, rankParams } from './listing';
import { overviewRequests } from './overview';
import { readingRequests } from './reading';
import { recordingRequests } from './recordings';
import { indexStatus, searchParams, searchResult, sequenceSummary } from './sequences';
import { count, type Shape } from './shapes';
import { windowRequests } from './windows';

export type * from './explanation';
export type * from './exports';
export type * from './listing';
export { noFilter, plainArrangement } from './listing';
export type * from './sequences';
export type * from './windows';

/** The connection of the extension and the engine: every request and every notification, each declared once. */

const workspaceFolder = v.object({ name: v.string(), path: v.string() });
export type WorkspaceFolder = Shape<typeof workspaceFolder>;

const positive = v.pipe(count, v.minValue(1));

export const engineSettings = v.object({
  /** Globs, relative to a workspace folder; no include globs stand for every supported file. */
  include: v.array(v.string()),
  exclude: v.array(v.string()),
  useGitignore: v.boolean(),
  maximumFileMegabytes: positive,
  /** Time steps per channel that an embedding covers at most. */
  maximumSteps: positive,
  arrayAxes: v.picklist(['auto', 'time-first', 'channels-first']),
  /** Whether recordings of a layout at different rates are brought to a common one before they are compared. */
  commonRates: v.boolean(),
  threads: positive,
});
export type EngineSettings = Shape<typeof engineSettings>;

/** What holds unless a user sets it otherwise; the editor's settings have the same defaults. */
export const defaultSettings: EngineSettings = {
  include: [],
  exclude: ['**/node_modules/**'],
  useGitignore: true,
  maximumFileMegabytes: 1024,
  maximumSteps: 262_144,
  arrayAxes: 'auto',
  commonRates: true,
  threads: 2,
};

const openParams = v.object({
  folders: v.array(workspaceFolder),
  /** Where the cache is kept. */
  storage: v.string(),
  /** The folder with `encoder.onnx` and `encoder.json`. */
  models: v.string(),
  /** The folder of the encoder to use if that one cannot be used. */
  bundledModels: v.exactOptional(v.string()),
  settings: engineSettings,
  /** Whether to watch the folders for changes. */
  watch: v.boolean(),
  /** The forms of layouts that are fixed elsewhere, by the digests of `layoutDigest`: those of a team's index. */
  forms: v.exactOptional(
    v.record(
      v.string(),
      v.object({ centres: v.array(v.number()), spreads: v.array(v.number()), rates: v.array(v.number()) }),
    ),
  ),
  /** The process of the engine before, if it died by itself: it counts against what it was reading. */
  crashed: v.exactOptional(count),
});
export type OpenParams = Shape<typeof openParams>;

/** What may change of an open workspace. */
const changes = v.object({
  folders: v.exactOptional(openParams.entries.folders),
  models: v.exactOptional(openParams.entries.models),
  settings: v.exactOptional(engineSettings),
});
export type WorkspaceChanges = Shape<typeof changes>;

const skippedFile = v.object({
  path: v.string(),
  file: v.string(),
  /** Set when only this sequence of the file was skipped. */
  number: v.nullable(count),
  /** Ends the sentence "skipped, because ...". */
  reason: v.string(),
});
export type SkippedFile = Shape<typeof skippedFile>;

const unsureFile = v.object({
  path: v.string(),
  file: v.string(),
  /** What the reader was not sure of, in sentences. */
  doubts: v.array(v.string()),
});
export type UnsureFile = Shape<typeof unsureFile>;

const diagnostics = v.object({
  pid: count,
  version: v.string(),
  node: v.string(),
  residentMegabytes: v.number(),
  peakMegabytes: v.number(),
  /** How onnxruntime runs: as the machine's own code, or as WebAssembly. */
  runtime: v.picklist(['native', 'wasm']),
  encoder: v.object({ name: v.string(), training: v.string(), sha256: v.string() }),
  storage: v.string(),
  /** Whether the index is kept there, and not only in memory. */
  isKept: v.boolean(),
  sequencesPerLayout: v.record(v.string(), count),
  /** Counters since the workspace was opened. */
  filesEncoded: count,
  filesFromCache: count,
  stepsEncoded: count,
});
export type Diagnostics = Shape<typeof diagnostics>;

/** A request as the tables declare it. */
export interface RequestEntry {
  readonly params: v.GenericSchema;
  readonly answer: v.GenericSchema;
  /** It only reads the index: it may be asked again where an engine, or an open workspace, ended before it answered. */
  readonly repeatable?: boolean;
  /** Whether indexing is paused once it is answered; a user's pause outlives the process. */
  readonly pauses?: boolean;
}

const nothing = v.object({});

export const engineRequests = {
  open: { params: openParams, answer: indexStatus },
  /** Opens the workspace again, if the changes change anything. */
  configure: { params: changes, answer: indexStatus },
  status: { params: nothing, answer: indexStatus, repeatable: true },
  pause: { params: nothing, answer: indexStatus, pauses: true },
  resume: { params: nothing, answer: indexStatus, pauses: false },
  /** Forgets the whole cache and indexes again. */
  rebuild: { params: nothing, answer: indexStatus, pauses: false },
  /** Forgets the whole cache and pauses. */
  clear: { params: nothing, answer: indexStatus, pauses: true },
  skipped: { params: nothing, answer: v.array(skippedFile), repeatable: true },
  /** The files of which a user should check how they are read. */
  unsure: { params: nothing, answer: v.array(unsureFile), repeatable: true },
  /** The sequences of one file, embedded on the spot if they are not in the index yet. */
  sequences: { params: v.object({ path: v.string() }), answer: v.array(sequenceSummary), repeatable: true },
  /** Every indexed file that holds a sequence, for a picker. */
  files: {
    params: nothing,
    answer: v.array(v.object({ path: v.string(), file: v.string() })),
    repeatable: true,
  },
  search: { params: searchParams, answer: searchResult, repeatable: true },
  /** Makes a ranking, and lists a part of it. */
  rank: { params: rankParams, answer: listing, repeatable: true },
  /** A part of a ranking; refused as `gone` if the engine does not keep it any more. */
  list: { params: listParams, answer: listing, repeatable: true },
  facets: { params: facetParams, answer: facets, repeatable: true },
  /** What the index holds, the largest layout first. */
  layouts: { params: nothing, answer: v.array(layoutSummary), repeatable: true },
  /** Some of the sequences of a layout that have a label. */
  labelled: { params: labelledParams, answer: v.array(sequenceSummary), repeatable: true },
  /** Writes a file. */
  export: { params: exportParams, answer: exported },
  ...embeddingRequests,
  diagnostics: { params: nothing, answer: diagnostics, repeatable: true },
  ...windowRequests,
  ...questions,
  ...labelRequests,
  ...readingRequests,
  ...recordingRequests,
  ...encoderRequests,
  ...overviewRequests,
  ...checkRequests,
} as const satisfies Readonly<Record<string, RequestEntry>>;

export type RequestName = keyof typeof engineRequests;
export type Params<Name extends RequestName> = Shape<(typeof engineRequests)[Name]['params']>;
export type Answer<Name extends RequestName> = Shape<(typeof engineRequests)[Name]['answer']>;

export const requestNames = Object.keys(engineRequests) as readonly RequestName[];

/** Asks the engine; an aborted signal stops the work. */
export type AskEngine = <Name extends RequestName>(
  name: Name,
  params: Params<Name>,
  signal?: AbortSignal,
) => Promise<Answer<Name>>;

/**
 * Why a request was refused. `gone`: the ranking is not kept any more; `closing`: the workspace was closed meanwhile;
 * `unreadable`: the file cannot be used; `noWorkspace`: none is open; `invalid`: the parameters do not fit; `cancelled`:
 * nobody waits for the answer any more; `refused`: it cannot be done, for a reason that the user can understand;
 * `internal`: a fault of the engine, which its log tells of.
 */
export const refusalKinds = [
  'gone',
  'closing',
  'unreadable',
  'noWorkspace',
  'invalid',
  'cancelled',
  'refused',
  'internal',
] as const;
export type RefusalKind = (typeof refusalKinds)[number];

/** What a rejected request carries in `ResponseError.data`: `reason` is written for the user. */
export const refusal = v.object({ kind: v.picklist(refusalKinds), reason: v.string() });
export type Refusal = Shape<typeof refusal>;

const logMessage = v.object({ level: v.picklist(['debug', 'info', 'warn', 'error']), text: v.string() });
export type LogMessage = Shape<typeof logMessage>;
export type LogLevel = LogMessage['level'];

/** Everything that the engine tells the extension unasked. */
export const notifications = { status: indexStatus, log: logMessage } as const;
export type NotificationName = keyof typeof notifications;
export type Notified<Name extends NotificationName> = Shape<(typeof notifications)[Name]>;
