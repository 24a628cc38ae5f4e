import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { Embedded } from '../core/index/embedder';
import type { Indexer } from '../core/index/indexer';
import type {
  IndexStatus,
  Match,
  SearchParams,
  SearchResult,
  SequenceRef,
  SequenceSummary,
  WorkspaceFolder,
} from '../protocol/engine';
import type { Galleries, GalleryItem } from '../core/ranking/galleries';
import { named } from '../core/recordings/unreadable';
import { wfdbHeaderOf } from '../core/recordings/formats/wfdb/sibling';
import { galleryItem, type Findable, type GallerySink } from './gallerySink';
import { Latest } from './listing/latest';
import { RequestError } from './requestError';
import { pathOfKey, sequenceKey, shownPath } from './paths';
import { shortened, shortenedOrNull } from './shortened';
import type { WorkspaceFiles } from './workspaceFiles';

export interface SearchingParts {
  readonly folders: readonly WorkspaceFolder[];
  readonly files: WorkspaceFiles;
  readonly indexer: Indexer;
  readonly sink: GallerySink;
  readonly galleries: Galleries;
  readonly status: () => IndexStatus;
}

/** A sequence with its embedding. */
export interface Query {
  readonly item: GalleryItem;
  readonly findable: Findable;
}

/** Sequences that can still be asked about when their files are gone: those of a few lists with many marks. */
const keptQueries = 500;

/** Answers what a user asks of the index. */
export class Searching {
  /** What was asked about last, which outlives its files. */
  private readonly asked = new Latest<Query>(keptQueries);

  constructor(private readonly parts: SearchingParts) {}

  /** The sequences of a file; what is not in the index yet is embedded on the spot. @throws UnreadableError */
  async sequences(path: string, signal: AbortSignal): Promise<readonly SequenceSummary[]> {
    return (await this.findables(path, signal)).map((findable) => this.summary(findable));
  }

  /** As `sequences`. @throws UnreadableError */
  async findables(path: string, signal: AbortSignal): Promise<readonly Findable[]> {
    const recording = await recordingOf(path);
    const indexed = this.parts.sink.ofPath(recording);
    return indexed.length > 0 ? indexed : (await this.onTheSpot(recording, signal)).map(toFindable);
  }

  /** Ranks the index by the distance to a sequence. @throws UnreadableError */
  async search({ query: ref, scope, limit }: SearchParams, signal: AbortSignal): Promise<SearchResult> {
    const started = performance.now();
    const { galleries, sink } = this.parts;
    const { item, findable } = await this.queryOf(ref, signal);
    const ranked = scope === 'layout' ? galleries.nearestInLayout(item, limit) : galleries.nearestOfAll(item, limit);
    const matches = ranked.map(({ key, distance }, i): Match => {
      const match = sink.get(key);
      if (match === undefined) throw new Error(`${pathOfKey(key)} is ranked but not in the index`);
      return { rank: i + 1, distance, sequence: this.summary(match) };
    });
    const own = sink.get(item.key) === undefined ? 0 : 1;
    const inLayout = galleries.sizeOf(item.layout) - own;
    return {
      query: this.summary(findable),
      scope,
      matches,
      candidates: scope === 'layout' ? inLayout : galleries.size - own,
      elsewhere: galleries.size - own - inLayout,
      index: this.parts.status(),
      milliseconds: performance.now() - started,
    };
  }

  /** What may be compared with a sequence is indexed before the rest. */
  prefer({ findable }: Query): void {
    this.parts.indexer.preference.prefer(findable.sequence);
  }

  /**
   * A sequence with its embedding, whether it is in the index or not; of a file that is gone, as it was asked about before.
   * @throws UnreadableError, RequestError
   */
  async queryOf({ path, number }: SequenceRef, signal: AbortSignal): Promise<Query> {
    const recording = await recordingOf(path);
    const key = sequenceKey(recording, number);
    const before = this.asked.get(key);
    if (before !== undefined && !existsSync(recording)) return withoutFile(before);
    const query = await this.freshQuery(recording, number, key, signal);
    this.asked.set(key, query);
    return query;
  }

  /** @throws UnreadableError, RequestError */
  private async freshQuery(recording: string, number: number, key: string, signal: AbortSignal): Promise<Query> {
    const findable = this.parts.sink.get(key);
    const values = this.parts.galleries.get(key);
    if (findable !== undefined && values !== undefined) {
      const { layout, surveyed } = findable.sequence;
      return { item: { key, layout, channels: surveyed.channels.length, values }, findable };
    }
    const embedded = (await this.onTheSpot(recording, signal)).find(({ sequence }) => sequence.number === number);
    if (embedded === undefined) {
      const file = shownPath(recording, this.parts.folders);
      throw new RequestError(`${file} has no sequence number ${number + 1} that can be used.`);
    }
    return { item: galleryItem(embedded), findable: toFindable(embedded) };
  }

  private onTheSpot(path: string, signal: AbortSignal): Promise<readonly Embedded[]> {
    return named(path, this.parts.indexer.onTheSpot(path, signal));
  }

  /** What is shown of a sequence. */
  summary({ sequence, covered, rate }: Findable): SequenceSummary {
    const { path, number, format, siblings, surveyed } = sequence;
    const { label, isOwn } = this.parts.files.shownLabel(path, number, surveyed.label);
    return {
      ref: { path, number },
      file: shortened(shownPath(path, this.parts.folders)),
      siblings,
      format,
      name: shortenedOrNull(surveyed.name),
      label: shortenedOrNull(label),
      ...(isOwn && { ownLabel: true }),
      channels: surveyed.channels.map(({ name }) => shortenedOrNull(name)),
      steps: surveyed.steps,
      rate: surveyed.rate,
      covered,
      notes: [...surveyed.notes, ...(rate === null ? [] : [`compared at ${Number(rate.toPrecision(4))} Hz`])].map(
        shortened,
      ),
      doubts: surveyed.doubts.map(shortened),
    };
  }
}

function toFindable({ sequence, covered, rate }: Embedded): Findable {
  return { sequence, covered, rate };
}

/** A query whose file is gone, which says so. */
function withoutFile({ item, findable }: Query): Query {
  const { surveyed } = findable.sequence;
  const notes = [...surveyed.notes, 'The file is no longer there. It is compared as it was.'];
  return { item, findable: { ...findable, sequence: { ...findable.sequence, surveyed: { ...surveyed, notes } } } };
}

/** The recording that a file stands for: the signal file of a WFDB record stands for its header. */
export async function recordingOf(path: string): Promise<string> {
  return extname(path).toLowerCase() === '.dat' ? ((await wfdbHeaderOf(path)) ?? path) : path;
}
