import type { FileWorker, Priority } from '../../core/index/fileWorker';
import { PatternError } from '../../core/labels/pattern';
import type { Matching } from '../../core/labels/sources';
import type { Tasks, WorkerSettings } from './tasks';
import { WorkerPool } from './pool';

const explainingThreads = 2;

/**
 * The worker threads of the engine: some that index, one that is kept free for what a user waits for, so that a search
 * never queues behind a big file, and two that explain, one for each recording of a pair, so that zooming does not wait for
 * the encoder, and one for regular expressions, of which some never end.
 */
export class Threads implements FileWorker {
  private readonly background: WorkerPool;
  private readonly interactive: WorkerPool;
  private readonly explaining: WorkerPool;
  private readonly matching: WorkerPool;

  /** @param script the bundle of `worker.ts` */
  constructor(script: string, settings: WorkerSettings, threads: number) {
    this.background = new WorkerPool(script, settings, threads);
    this.interactive = new WorkerPool(script, settings, 1);
    this.explaining = new WorkerPool(script, settings, explainingThreads);
    this.matching = new WorkerPool(script, settings, 1);
  }

  readonly glances: FileWorker['glances'] = (paths, signal) => this.background.run('glances', { paths }, signal);

  readonly mark: FileWorker['mark'] = (path, options, priority, signal) =>
    this.of(priority).run('mark', { path, options }, signal, path);

  readonly survey: FileWorker['survey'] = (path, options, priority, signal) =>
    this.of(priority).run('survey', { path, options }, signal, path);

  readonly embed: FileWorker['embed'] = (path, requests, options, priority, signal) =>
    this.of(priority).run('embed', { path, options, requests }, signal, path);

  /** Runs a task that shows a file to somebody who looks at it. @throws UnreadableError */
  look<Name extends 'reduce' | 'describe' | 'outline' | 'list' | 'samples' | 'spectrogram'>(
    task: Name,
    args: Parameters<Tasks[Name]>[0],
    signal: AbortSignal,
  ): Promise<ReturnType<Tasks[Name]>> {
    return this.interactive.run(task, args, signal);
  }

  /** @throws PatternError */
  readonly match: Matching = async (pattern, files) => {
    const answer = await this.matching.run('match', { pattern, files }, new AbortController().signal);
    if ('matches' in answer) return answer.matches;
    throw new PatternError(answer.kind, answer.reason);
  };

  /** Runs a task that explains a distance. @param path of the file that it is about, which a thread may know already */
  explain<Name extends 'strip' | 'passages' | 'align' | 'responses' | 'reasons'>(
    task: Name,
    args: Parameters<Tasks[Name]>[0],
    signal: AbortSignal,
    path?: string,
  ): Promise<ReturnType<Tasks[Name]>> {
    return this.explaining.run(task, args, signal, path);
  }

  /** Runs a task of a search for windows on the threads that index, as they are the most. @throws UnreadableError */
  search<Name extends 'stretch' | 'open' | 'estimate' | 'move' | 'measure' | 'compare'>(
    task: Name,
    args: Parameters<Tasks[Name]>[0],
    signal: AbortSignal,
  ): Promise<ReturnType<Tasks[Name]>> {
    return this.background.run(task, args, signal, 'path' in args ? args.path : null);
  }

  /** Runs a task that checks recordings, in their samples or their graph, on the threads that index. */
  check<Name extends 'vitals' | 'copies' | 'likeLevels' | 'outlierFactors' | 'groups' | 'duplicateCounts'>(
    task: Name,
    args: Parameters<Tasks[Name]>[0],
    signal: AbortSignal,
  ): Promise<ReturnType<Tasks[Name]>> {
    return this.background.run(task, args, signal, 'path' in args ? args.path : null);
  }

  async close(): Promise<void> {
    const { background, interactive, explaining, matching } = this;
    await Promise.all([background, interactive, explaining, matching].map((pool) => pool.close()));
  }

  private of(priority: Priority): WorkerPool {
    return priority === 'interactive' ? this.interactive : this.background;
  }
}
