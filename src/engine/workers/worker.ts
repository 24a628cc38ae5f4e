import { parentPort, workerData } from 'node:worker_threads';
import { quantileFunction } from '../../core/distributions/quantiles';
import { completed } from '../../core/encoder/completed';
import { readEncoder, type EncoderFile } from '../../core/encoder/description';
import { embed } from '../../core/encoder/embed';
import { loadEncoder, type EncoderSession } from '../../core/encoder/session';
import type { WorkOptions } from '../../core/index/fileWorker';
import { glancesNow } from '../../core/index/glance';
import { rawLevels } from '../../core/encoder/scales';
import { matchPattern, PatternError } from '../../core/labels/pattern';
import { named, UnreadableError } from '../../core/recordings/unreadable';
import { atRate } from '../../core/recordings/changeRate';
import { markContent, type FileContent } from '../../core/recordings/readFile';
import { reduceToColumns } from '../../core/recordings/reduce';
import type { Sequence } from '../../core/recordings/sequence';
import { stepsOf } from '../../core/recordings/sequence';
import { toBytes } from '../../core/distributions/bytes';
import { type Survey, type SurveyedSequence } from '../../core/index/store/records';
import { CheckTasks } from './checkTasks';
import { graphTasks } from './graphTasks';
import { describeFile } from './describeFile';
import { ExplainTasks } from './explainTasks';
import { RecentFiles } from './recentFiles';
import { heardOf, listOf, outlineOf, spectrumOf } from './recordingTasks';
import { WindowTasks } from './windowTasks';
import type { FromWorker, PortableError, TaskName, Tasks, ToWorker, WorkerSettings } from './tasks';

/** The entry of a worker thread: reads, surveys, embeds and reduces single files, one after the other. */

const port = parentPort;
if (port === null) throw new Error('this script runs in a worker thread');

const { models } = workerData as WorkerSettings;
const files = new RecentFiles();
const running = new Map<number, AbortController>();
let file: Promise<EncoderFile> | undefined;
let session: Promise<EncoderSession> | undefined;

const explaining = new ExplainTasks({
  session: encoder,
  read: (of, signal) => readSequence(of, of.options, signal),
});

const windows = new WindowTasks({ session: encoder, content: contentOf });

const checking = new CheckTasks(checkedSequence);

type TaskTable = {
  [Name in TaskName]: (args: Parameters<Tasks[Name]>[0], signal: AbortSignal) => Promise<ReturnType<Tasks[Name]>>;
};

const tasks: TaskTable = {
  async describe({ path, options }, signal) {
    return describeFile(path, { ...options.read, signal }, await minimumSteps());
  },

  glances: ({ paths }) => Promise.resolve(glancesNow(paths)),

  mark: ({ path, options }, signal) => markContent(path, { ...options.read, signal }),

  async survey({ path, options }, signal): Promise<Survey> {
    const fewest = await minimumSteps();
    try {
      const content = await files.read(path, { ...options.read, signal }, fewest);
      if (content === null) return { kind: 'unclaimed' };
      const { format, sequences, unusable } = content;
      const surveyed = sequences.flatMap((sequence, number) => (sequence === null ? [] : [surveyOf(sequence, number)]));
      return { kind: 'sequences', format, count: sequences.length, sequences: surveyed, unusable: [...unusable] };
    } catch (error) {
      // What the content itself is to blame for is a result that can be kept; the file system's errors are not.
      if (!(error instanceof UnreadableError) || error.cause !== undefined) throw error;
      return { kind: 'unreadable', reason: error.message };
    }
  },

  async embed({ path, options, requests }, signal) {
    const loaded = await encoder();
    const content = await files.read(path, { ...options.read, signal }, loaded.description.minimumSteps);
    const embedded = [];
    for (const { number, scales, rate } of requests) {
      const sequence = content?.sequences[number];
      if (!sequence) throw new UnreadableError('it changed while it was being read');
      const compared = atRate(sequence, rate, loaded.description.minimumSteps);
      embedded.push({ number, ...(await embed(loaded, compared, scales, options.maximumSteps, signal)) });
    }
    return embedded;
  },

  async reduce({ path, options, number, columns, channels, asWritten, span }, signal) {
    const sequence = await readSequence({ path, number }, options, signal);
    const steps = stepsOf(sequence);
    const start = Math.max(0, Math.min(span?.start ?? 0, steps - 1));
    const end = Math.max(start + 1, Math.min(span?.end ?? steps, steps));
    const count = sequence.channels.length;
    const wanted = typeof channels === 'number' ? [...Array(Math.min(channels, count)).keys()] : channels;
    return {
      steps,
      rate: sequence.rate,
      span: { start, end },
      channels: wanted.flatMap((index) => {
        const channel = sequence.channels[asWritten ? (sequence.places?.indexOf(index) ?? index) : index];
        if (channel === undefined) return [];
        const { name, unit, values } = channel;
        return [{ index, name, unit, ...reduceToColumns(values, columns, start, end) }];
      }),
      hidden: Math.max(count - wanted.length, 0),
    };
  },

  outline: async ({ path, options, number }, signal) => outlineOf(await contentOf(path, options, signal), number),
  samples: async ({ path, options, number, channel, span }, signal) =>
    heardOf(await readSequence({ path, number }, options, signal), channel, span),
  spectrogram: async ({ path, options, number, ...asked }, signal) =>
    spectrumOf(await readSequence({ path, number }, options, signal), asked),
  list: async ({ path, options, from, count }, signal) => listOf(await contentOf(path, options, signal), from, count),

  match({ pattern, files: names }) {
    try {
      return Promise.resolve({ matches: matchPattern(pattern, names) });
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      return Promise.resolve({ kind: error.kind, reason: error.reason });
    }
  },

  strip: (args, signal) => explaining.strip(args, signal),
  responses: () => explaining.reasoning.responses(),
  reasons: (args, signal) => explaining.reasoning.reasons(args, signal),
  passages: (args, signal) => explaining.passages(args, signal),
  align: (args, signal) => explaining.align(args, signal),

  stretch: (args, signal) => windows.stretch(args, signal),
  open: (args, signal) => windows.open(args, signal),
  estimate: (args, signal) => windows.estimate(args, signal),
  move: (args, signal) => windows.move(args, signal),
  measure: (args, signal) => windows.measure(args, signal),
  compare: (args, signal) => windows.compare(args, signal),

  vitals: (args, signal) => checking.vitals(args, signal),
  copies: (args, signal) => checking.copies(args, signal),
  likeLevels: (args) => Promise.resolve(checking.likeLevels(args)),
  outlierFactors: (args) => Promise.resolve(graphTasks.outlierFactors(args)),
  groups: (args) => Promise.resolve(graphTasks.groups(args)),
  duplicateCounts: (args) => Promise.resolve(graphTasks.duplicateCounts(args)),
};

/** A sequence that a user looks at. @throws UnreadableError when it is not there any more */
async function readSequence(
  { path, number }: { readonly path: string; readonly number: number },
  options: WorkOptions,
  signal: AbortSignal,
): Promise<Sequence> {
  const { sequences } = await contentOf(path, options, signal);
  const sequence = sequences[number];
  if (!sequence) throw new UnreadableError('it changed since it was indexed', { path });
  return sequence;
}

/** A sequence that is checked, of which nobody waits for the next look. @throws UnreadableError */
async function checkedSequence(
  { path, number }: { readonly path: string; readonly number: number },
  options: WorkOptions,
  signal: AbortSignal,
): Promise<Sequence> {
  const content = await named(path, files.read(path, { ...options.read, signal }, await minimumSteps()));
  const sequence = content?.sequences[number];
  if (!sequence) throw new UnreadableError('it changed since it was indexed', { path });
  return sequence;
}

/** A file that a user looks at. @throws UnreadableError */
async function contentOf(path: string, options: WorkOptions, signal: AbortSignal): Promise<FileContent> {
  const fewest = await minimumSteps();
  const content = await named(path, files.read(path, { ...options.read, signal }, fewest, true));
  if (content === null) throw new UnreadableError('it is of no format that is read', { path });
  return content;
}

function encoderFile(): Promise<EncoderFile> {
  file ??= readEncoder(models);
  return file;
}

/** Loading the model takes far longer than reading a file: who only reads does not wait for it. */
async function minimumSteps(): Promise<number> {
  return (await encoderFile()).description.minimumSteps;
}

function encoder(): Promise<EncoderSession> {
  session ??= encoderFile().then(completed).then(loadEncoder);
  return session;
}

function surveyOf(sequence: Sequence, number: number): SurveyedSequence {
  const { name, label, rate, notes, doubts = [], channels } = sequence;
  const levels = new Float32Array(channels.length * rawLevels);
  channels.forEach(({ values }, c) => {
    levels.set(quantileFunction(values, rawLevels), c * rawLevels);
  });
  return {
    number,
    name,
    label,
    rate,
    notes: [...notes],
    doubts: [...doubts],
    steps: stepsOf(sequence),
    channels: channels.map((channel) => ({ name: channel.name, unit: channel.unit })),
    levels: toBytes(levels),
  };
}

function portable(error: unknown): PortableError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '', code: null, path: null };
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
  const path = error instanceof UnreadableError ? error.path : null;
  return { name: error.name, message: error.message, stack: error.stack ?? '', code, path };
}

async function run(id: number, task: TaskName, args: unknown): Promise<FromWorker> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const work = tasks[task] as (args: unknown, signal: AbortSignal) => Promise<unknown>;
    return { type: 'done', id, result: await work(args, controller.signal) };
  } catch (error) {
    return { type: 'failed', id, error: portable(error) };
  } finally {
    running.delete(id);
    endIfClosing();
  }
}

let closing = false;

/** A thread that is terminated from outside while onnxruntime computes takes the process down: it ends by itself. */
function endIfClosing(): void {
  if (closing && running.size === 0) port?.close();
}

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'run':
      run(message.id, message.task, message.args).then(
        (answer) => {
          port.postMessage(answer);
        },
        (error: unknown) => {
          throw error;
        },
      );
      return;
    case 'cancel':
      running.get(message.id)?.abort();
      return;
    case 'close':
      closing = true;
      for (const controller of running.values()) controller.abort();
      endIfClosing();
      return;
  }
});
