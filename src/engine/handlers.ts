import { exportEncoder, importEncoder, listEncoders, removeEncoder, renameEncoder } from '../core/models/library';
import type { Answer, Params, RequestName } from '../protocol/engine';
import { keepTuned } from './keepTuned';
import type { OpenWorkspace } from './openWorkspace';
import type { Session } from './session';
import { tryEncoder } from './trial/tryEncoder';

type Handlers<Name extends RequestName, On> = {
  readonly [Each in Name]: (on: On, params: Params<Each>, signal: AbortSignal) => Answer<Each> | Promise<Answer<Each>>;
};

/** What is asked of the workspace's owner, or of no workspace at all. */
export const ownerHandlers = {
  open: async (workspace, params) => (await workspace.open(params)).status(),
  configure: async (workspace, changes) => (await workspace.change(changes)).status(),
  encoders: (_, { places }) => listEncoders(places),
  keepEncoder: (_, params) => keepTuned(params),
  importEncoder: (_, { from, places }) => importEncoder(from, places, tryEncoder),
  exportEncoder: async (_, { places, folder, to }) => {
    await exportEncoder(places, folder, to);
    return null;
  },
  renameEncoder: (_, { places, folder, name }) => renameEncoder(places, folder, name),
  removeEncoder: async (_, { places, folder }) => {
    await removeEncoder(places, folder);
    return null;
  },
} satisfies Partial<Handlers<RequestName, OpenWorkspace<Session>>>;

type OfOwner = keyof typeof ownerHandlers;

/** What is asked of the open workspace. */
export const sessionHandlers: Handlers<Exclude<RequestName, OfOwner>, Session> = {
  status: (session) => session.status(),
  pause: (session) => {
    session.indexing.pause();
    return session.status();
  },
  resume: (session) => {
    session.indexing.resume();
    return session.status();
  },
  rebuild: async (session) => {
    await session.forget();
    session.indexing.resume();
    return session.status();
  },
  clear: async (session) => {
    session.indexing.pause();
    await session.forget();
    return session.status();
  },
  skipped: (session) => session.skipped(),
  unsure: (session) => session.unsure(),
  files: (session) => session.indexedFiles(),
  diagnostics: (session) => session.diagnostics(),
  sequences: ({ searching }, { path }, signal) => searching.sequences(path, signal),
  search: ({ searching }, params, signal) => searching.search(params, signal),
  rank: ({ lister }, params, signal) => lister.rank(params, signal),
  list: ({ lister }, params) => lister.list(params),
  facets: ({ lister }, params, signal) => lister.facets(params, signal),
  windows: ({ windows }, params, signal) => windows.search(params, signal),
  layouts: ({ lister }) => lister.layouts(),
  labelled: ({ lister }, params) => lister.labelled(params),
  plot: ({ explaining }, params, signal) => explaining.plot(params, signal),
  series: ({ explaining }, params, signal) => explaining.series(params, signal),
  explain: ({ explaining }, params, signal) => explaining.explain(params, signal),
  reasons: ({ explaining }, params, signal) => explaining.reasons(params, signal),
  timeline: ({ explaining }, params, signal) => explaining.timeline(params, signal),
  passages: ({ explaining }, params, signal) => explaining.passages(params, signal),
  align: ({ explaining }, params, signal) => explaining.align(params, signal),
  calibration: ({ explaining }, params, signal) => explaining.calibration(params, signal),
  whereabouts: ({ overviews }, params) => overviews.whereabouts(params),
  export: ({ exporting }, params, signal) => exporting.toFile(params, signal),
  embeddings: ({ exporting }, { sequences }, signal) => exporting.embeddings(sequences, signal),
  labels: ({ labelling }, { pattern }) => labelling.overview(pattern),
  setLabel: ({ labelWriting }, params) => labelWriting.set(params),
  labelsOf: ({ labelWriting }, { targets }) => ({ labels: labelWriting.labelsOf(targets) }),
  undoLabels: async ({ labelWriting }) => ({ written: [...(await labelWriting.undo())] }),
  describeReading: ({ reading }, params, signal) => reading.describe(params, signal),
  previewSeries: ({ reading }, params, signal) => reading.series(params, signal),
  readingRules: ({ readingRules }, { path }) => readingRules.about(path),
  countFiles: ({ readingRules }, params, signal) => readingRules.count(params, signal),
  setReadingRule: ({ readingRules }, params, signal) => readingRules.set(params, signal),
  recording: ({ recordings }, params, signal) => recordings.view(params, signal),
  neighbours: ({ recordings }, { path }) => recordings.neighbours(path),
  samples: ({ recordings }, params, signal) => recordings.samples(params, signal),
  spectrogram: ({ recordings }, params, signal) => recordings.spectrogram(params, signal),
  sequenceList: ({ recordings }, params, signal) => recordings.list(params, signal),
  overview: ({ overviews }, params) => overviews.status(params),
  overviewPause: ({ overviews }, params) => overviews.pause(params),
  overviewPoints: ({ overviews }, params, signal) => overviews.points(params, signal),
  overviewDistances: ({ overviews }, params) => overviews.distances(params),
  overviewBefore: ({ overviews }, params) => overviews.before(params),
  overviewPlaces: ({ overviews }, params) => overviews.places(params),
  planTuning: ({ labelling }, params) => labelling.plan(params),
  overviewDuplicates: ({ checks }, params, signal) => checks.duplicates(params, signal),
  overviewOutliers: ({ checks }, params, signal) => checks.outliers(params, signal),
  overviewLabels: ({ checks }, params, signal) => checks.labels(params, signal),
  overviewGroups: ({ checks }, params, signal) => checks.groups(params, signal),
  overviewCopy: ({ checks }, params, signal) => checks.copy(params, signal),
  overviewFaults: ({ checks }, params, signal) => checks.faults(params, signal),
  overviewIgnore: ({ checks }, params) => checks.ignore(params),
};
