import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { EncoderDescription } from '../../core/encoder/description';
import { evenlySpaced, forEachConcurrently } from '../../core/index/pace';
import { UnreadableError } from '../../core/recordings/reader';
import type { CatalogueSequence } from '../../core/index/catalogue';
import { FileChangedError } from '../../core/index/glance';
import type { Asking, TeamConnection } from './connection';
import { enterEncoder, type TeamEncoder } from './encoders';
import { FileWork, type Outcome } from './fileWork';
import { renewLabels } from './labels';
import { removeMissing } from './missing';
import { enterRoot } from './roots';
import { locks } from './schema';
import { setUpTeam, type TeamState } from './setUp';
import { fixScales, TeamScales } from './scales';
import type { TeamFolder } from './teamFolder';
import { fillVectors } from './fillVectors';
import { Work, type Job } from './work';
import { writeFiles, type DoneFile, type WritingParts } from './writing';
import type { Threads } from '../workers/threads';

export interface TeamIndexingParts {
  readonly connection: TeamConnection;
  readonly folder: TeamFolder;
  readonly threads: Threads;
  readonly encoder: EncoderDescription;
  /** The name of the root in the index. */
  readonly root: string;
  /** How many files are worked on at once. */
  readonly width: number;
  /** Whether what the index has of this root and this folder does not is taken out. */
  readonly removeMissing: boolean;
  readonly commonRates: boolean;
  readonly onProgress: (left: number) => void;
  readonly leaseSeconds?: number;
}

/** What came of it. */
export interface TeamIndexed {
  readonly state: TeamState;
  readonly notes: readonly string[];
  /** Files of the folder, and those that this process brought up to date. */
  readonly files: number;
  readonly done: number;
  /** Contents that this process embedded. */
  readonly embedded: number;
  /** Recordings of the root that can be found. */
  readonly recordings: number;
}

/** So many files, evenly spaced, are surveyed before any is embedded: the scales of layouts come from them. */
const pilotSize = 256;
const leaseSeconds = 60;
const entriesAtOnce = 2000;
/** Before what others work on is looked at again. */
const othersMilliseconds = 500;
/** What is done is written at least so often. */
const filesAtOnce = 64;
const bytesAtOnce = 8 * 2 ** 20;

/**
 * Brings a team's index up to date with a folder, together with all other machines that do the same.
 * @throws RequestError, TeamAwayError, UnreadableError for nothing: what cannot be read is entered as such
 */
export async function indexForTeam(parts: TeamIndexingParts, signal: AbortSignal): Promise<TeamIndexed> {
  const { connection, folder } = parts;
  const state = await setUpTeam(connection, true);
  const { encoder, notes } = await enterEncoder(connection, parts.encoder);
  const root = await enterRoot(connection, parts.root);
  const { inside, unsafe } = await folder.scan(signal);
  const run = new Run(parts, encoder, root, state);
  const outcome = await run.toTheEnd(inside, signal);
  const missing = await removeMissing(
    connection,
    root,
    inside,
    parts.removeMissing,
    async () => (await folder.scan(signal)).inside,
  );
  await renewLabels(connection, root, folder);
  if (state.vectors !== null) await fillVectors(connection, encoder, state.vectors);
  const [row] = await connection.rows({
    text: 'SELECT count(*)::int AS count FROM kindred.recordings WHERE root = $1 AND content IS NOT NULL',
    values: [root],
  });
  const count = row?.['count'];
  const aboutNames =
    unsafe > 0 ? [`${unsafe} files were left out, because their names cannot be those of files on all systems.`] : [];
  return {
    ...{ state, files: inside.length, recordings: typeof count === 'number' ? count : 0, ...outcome },
    notes: [...notes, ...aboutNames, ...missing],
  };
}

/** One process at work on one root. */
class Run {
  private readonly claimant = randomUUID();
  private readonly work: Work;
  private readonly writing: WritingParts;
  private readonly scales = new TeamScales();
  private readonly fileWork: FileWork;
  private waiting: DoneFile[] = [];
  private done = 0;

  constructor(
    private readonly parts: TeamIndexingParts,
    encoder: TeamEncoder,
    private readonly root: number,
    { vectors }: TeamState,
  ) {
    const { connection, folder, threads, commonRates } = parts;
    this.work = new Work(connection, encoder.id, root, this.claimant, parts.leaseSeconds ?? leaseSeconds);
    this.writing = { connection, encoder, root, claimant: this.claimant, vectors };
    this.fileWork = new FileWork({ connection, folder, threads, work: this.work, scales: this.scales, commonRates });
  }

  async toTheEnd(
    inside: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly done: number; readonly embedded: number }> {
    const { connection, folder } = this.parts;
    const seen = await folder.seen(connection, this.root, inside, signal);
    for (let from = 0; from < seen.length; from += entriesAtOnce) {
      signal.throwIfAborted();
      await this.work.enter(seen.slice(from, from + entriesAtOnce));
    }
    const stop = this.beat();
    try {
      if ((await this.work.left()).all > 0) await this.pilot(inside, signal);
      await this.untilNothingIsLeft(signal);
    } catch (error) {
      // A process that is stopped leaves its work to the others at once; one that is killed does when its lease runs out.
      await this.work.leave().catch(() => undefined);
      throw error;
    } finally {
      stop();
    }
    return { done: this.done, embedded: this.fileWork.embedded };
  }

  /** Renews the leases until the returned function is called. A failure shows in the work itself. */
  private beat(): () => void {
    const pause = ((this.parts.leaseSeconds ?? leaseSeconds) * 1000) / 3;
    const timer = setInterval(() => {
      this.work.renew().catch(() => undefined);
    }, pause);
    return () => {
      clearInterval(timer);
    };
  }

  /** Surveys some files of the root, once for all machines, and fixes the scales of their layouts. */
  private async pilot(inside: readonly string[], signal: AbortSignal): Promise<void> {
    await this.alone(async (asking) => {
      if (await isTrue(asking, 'SELECT piloted AS yes FROM kindred.roots WHERE id = $1', [this.root])) return;
      const [some] = evenlySpaced(inside, pilotSize);
      await fixScales(asking, await this.survey(some, signal));
      await asking.rows({ text: 'UPDATE kindred.roots SET piloted = true WHERE id = $1', values: [this.root] });
    });
  }

  /** Fixes the scales that files wait for, unless others still work on the root. */
  private async fixTheRest(signal: AbortSignal): Promise<void> {
    await this.alone(async (asking) => {
      const { all, waiting } = await this.work.left(asking);
      if (waiting === 0 || all > waiting) return;
      await fixScales(asking, await this.survey(await this.work.waiting(asking), signal));
      await this.work.endWaiting(asking);
    });
  }

  /** Does something for which one machine at a time is at work on the root. The lock goes with the connection. */
  private async alone(work: (asking: Asking) => Promise<void>): Promise<void> {
    const lock = locks.pilotOf(this.root).join(', ');
    await this.parts.connection.transaction(async (asking) => {
      // Waiting for the others, and the work itself, may take long.
      await asking.rows({ text: 'SET LOCAL idle_in_transaction_session_timeout = 0' });
      while (!(await isTrue(asking, `SELECT pg_try_advisory_xact_lock(${lock}) AS yes`)))
        await wait(othersMilliseconds);
      await work(asking);
    });
  }

  private async survey(inside: readonly string[], signal: AbortSignal): Promise<readonly CatalogueSequence[]> {
    const found = new Map<string, readonly CatalogueSequence[]>();
    await forEachConcurrently(inside, this.parts.width, async (path) => {
      signal.throwIfAborted();
      found.set(path, await this.sequencesOf(path, signal));
    });
    // Rows of a scale do not depend on which file was done first.
    return inside.flatMap((path) => found.get(path) ?? []);
  }

  private async sequencesOf(path: string, signal: AbortSignal): Promise<readonly CatalogueSequence[]> {
    try {
      return (await this.parts.folder.lookAt(path, signal))?.sequences ?? [];
    } catch (error) {
      // It is dealt with when its turn comes.
      if (error instanceof FileChangedError || error instanceof UnreadableError) return [];
      throw error;
    }
  }

  private async untilNothingIsLeft(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const jobs = await this.work.claim(4 * this.parts.width);
      if (jobs.length > 0) {
        await this.dealWith(jobs, signal);
        continue;
      }
      const { all, waiting } = await this.work.left();
      this.parts.onProgress(all);
      if (all === 0) return;
      if (all === waiting) await this.fixTheRest(signal);
      else await wait(othersMilliseconds, undefined, { signal });
    }
  }

  private async dealWith(jobs: readonly Job[], signal: AbortSignal): Promise<void> {
    await forEachConcurrently(jobs, this.parts.width, async (job) => {
      signal.throwIfAborted();
      const outcome = await this.fileWork.outcomeOf(job, signal);
      await this.follow(job, outcome);
    });
    await this.flush();
    this.parts.onProgress((await this.work.left()).all);
  }

  private async follow(job: Job, outcome: Outcome): Promise<void> {
    if (outcome.kind === 'waits') await this.work.awaitScale(job.id);
    else if (outcome.kind === 'later') await this.work.postpone(job.id, outcome.seconds);
    else {
      this.waiting.push(outcome.file);
      const bytes = this.waiting.reduce((sum, file) => sum + bytesOf(file), 0);
      if (this.waiting.length >= filesAtOnce || bytes >= bytesAtOnce) await this.flush();
    }
  }

  private async flush(): Promise<void> {
    const files = this.waiting;
    if (files.length === 0) return;
    this.waiting = [];
    await writeFiles(this.writing, files);
    this.fileWork.written(files);
    this.done += files.length;
  }
}

function bytesOf({ made }: DoneFile): number {
  return (
    made?.sequences.reduce((sum, { embedded, envelope }) => sum + embedded.values.length + envelope.length, 0) ?? 0
  );
}

async function isTrue(asking: Asking, text: string, values: readonly unknown[] = []): Promise<boolean> {
  const [row] = await asking.rows({ text, values });
  return row?.['yes'] === true;
}
