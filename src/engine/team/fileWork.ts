import type { CatalogueFile } from '../../core/index/catalogue';
import { WorkerDiedError } from '../../core/index/fileWorker';
import { FileChangedError, steadily } from '../../core/index/glance';
import { reasonOf } from '../../core/index/failures';
import { comparedRate } from '../../core/recordings/commonRates';
import { UnreadableError } from '../../core/recordings/reader';
import type { Threads } from '../workers/threads';
import type { TeamConnection } from './connection';
import { envelopeChannels, envelopeColumns, packEnvelope } from './envelope';
import { layoutOf, type TeamScale, type TeamScales } from './scales';
import type { TeamFolder } from './teamFolder';
import { isSafePath } from './texts';
import type { Job, Work } from './work';
import type { DoneFile, NewContent, NewSequence } from './writing';

/** What came of a file: it is done, it waits for the scale of a layout, or it is to be tried again. */
export type Outcome =
  | { readonly kind: 'done'; readonly file: DoneFile }
  | { readonly kind: 'waits' }
  | { readonly kind: 'later'; readonly seconds: number };

export interface FileWorkParts {
  readonly connection: TeamConnection;
  readonly folder: TeamFolder;
  readonly threads: Threads;
  readonly work: Work;
  readonly scales: TeamScales;
  readonly commonRates: boolean;
}

/** A file over which so many processes ended before it was done is not tried again until it changes. */
const mostAttempts = 5;

/** Before a file that changed while it was read, or whose content others embed, is looked at again. */
const soon = 1;

/** Brings single files up to date: finds out what they hold, and embeds what nobody has embedded. */
export class FileWork {
  /** Contents that are being embedded here, or wait to be written. */
  private readonly underWay = new Set<string>();
  private count = 0;

  constructor(private readonly parts: FileWorkParts) {}

  /** Contents that were embedded. */
  get embedded(): number {
    return this.count;
  }

  /** From now on others find what was made of these files in the index. */
  written(files: readonly DoneFile[]): void {
    for (const { made } of files) if (made !== null) this.underWay.delete(made.content);
  }

  async outcomeOf(job: Job, signal: AbortSignal): Promise<Outcome> {
    const { folder } = this.parts;
    if (job.attempts > mostAttempts) {
      const reason = `indexing it was begun ${job.attempts - 1} times and never ended`;
      return done({ ...nothing(job), reason });
    }
    folder.begin(job.path);
    try {
      return await this.lookAndEmbed(job, signal);
    } catch (error) {
      if (error instanceof FileChangedError) {
        folder.forget(job.path);
        return { kind: 'later', seconds: soon };
      }
      if (!(error instanceof UnreadableError) && !(error instanceof WorkerDiedError)) throw error;
      return done({ ...nothing(job), reason: reasonOf(error) });
    } finally {
      folder.end(job.path);
    }
  }

  private async lookAndEmbed(job: Job, signal: AbortSignal): Promise<Outcome> {
    const { folder } = this.parts;
    const found = await folder.lookAt(job.path, signal);
    const content = found && folder.contentOf(found);
    if (found === null || content === null) {
      const reason = found?.survey.kind === 'unreadable' ? found.survey.reason : 'it does not exist';
      return done({ ...nothing(job), reason });
    }
    const scales = await this.scalesOf(found);
    if (scales === null) return { kind: 'waits' };
    const claim = this.underWay.has(content) ? 'others' : await this.parts.work.claimContent(content);
    if (claim === 'others' || this.underWay.has(content)) return { kind: 'later', seconds: soon };
    const file = this.fileOf(job, found, content);
    if (claim === 'done') return done(file);
    this.underWay.add(content);
    try {
      const made = await this.embed(found, content, scales, signal);
      this.count++;
      return done({ ...file, made });
    } catch (error) {
      this.underWay.delete(content);
      throw error;
    }
  }

  /** One for each sequence, or `null` where a layout has none yet. */
  private async scalesOf(found: CatalogueFile): Promise<readonly TeamScale[] | null> {
    const layouts = found.sequences.map(layoutOf);
    const known = await this.parts.scales.of(this.parts.connection, layouts);
    const scales = layouts.flatMap((layout) => known.get(layout) ?? []);
    return scales.length === layouts.length ? scales : null;
  }

  private fileOf(job: Job, found: CatalogueFile, content: string): DoneFile {
    const { folder } = this.parts;
    const { survey, record, path } = found;
    return {
      ...{ job: job.id, file: folder.asLookedAt(job.path, found), content, made: null },
      reason: survey.kind === 'unreadable' ? survey.reason : null,
      companions: (record?.companions ?? []).map((companion) => folder.insideOf(companion.path)).filter(isSafePath),
      labels: found.sequences.map(({ number, surveyed }) => {
        return { number, label: folder.files.shownLabel(path, number, surveyed.label).label };
      }),
    };
  }

  private async embed(
    found: CatalogueFile,
    content: string,
    scales: readonly TeamScale[],
    signal: AbortSignal,
  ): Promise<NewContent> {
    const { survey, record, sequences } = found;
    return {
      ...{ content, hash: record?.hash ?? '' },
      format: survey.kind === 'sequences' ? survey.format : '',
      siblings: survey.kind === 'sequences' ? survey.count : 0,
      reason: survey.kind === 'unreadable' ? survey.reason : null,
      sequences: sequences.length === 0 ? [] : await this.newSequences(found, scales, signal),
    };
  }

  private async newSequences(
    { path, seen, sequences }: CatalogueFile,
    scales: readonly TeamScale[],
    signal: AbortSignal,
  ): Promise<readonly NewSequence[]> {
    const { threads, folder, commonRates } = this.parts;
    const options = folder.optionsOf(path);
    const requests = sequences.map(({ number, surveyed }, i) => {
      const { scales: ofChannels = [], rates = [] } = scales[i]?.form ?? {};
      return { number, scales: ofChannels, rate: commonRates ? comparedRate(surveyed.rate, rates) : null };
    });
    return steadily(seen, async () => {
      const embedded = await threads.embed(path, requests, options, 'background', signal);
      const made: NewSequence[] = [];
      for (const [i, { number, surveyed }] of sequences.entries()) {
        const own = embedded.find((each) => each.number === number);
        const scale = scales[i];
        if (own === undefined || scale === undefined) throw new FileChangedError(`${path} lost its sequence ${number}`);
        const envelope = await this.envelopeOf(path, number, signal);
        made.push({ surveyed, embedded: own, scale, rate: requests[i]?.rate ?? null, envelope });
      }
      return made;
    });
  }

  private async envelopeOf(path: string, number: number, signal: AbortSignal): Promise<Buffer> {
    const asked = { number, columns: envelopeColumns, channels: envelopeChannels, asWritten: false, span: null };
    const options = this.parts.folder.optionsOf(path);
    const { channels } = await this.parts.threads.draw({ path, options, ...asked }, signal);
    return packEnvelope(channels);
  }
}

function done(file: DoneFile): Outcome {
  return { kind: 'done', file };
}

/** A file of which nothing can be found. */
function nothing(job: Job): Omit<DoneFile, 'reason'> {
  // It is looked at again the next time.
  const file = { path: job.path, size: -1, modified: 0, options: '' };
  return { job: job.id, file, content: null, companions: [], labels: [], made: null };
}
