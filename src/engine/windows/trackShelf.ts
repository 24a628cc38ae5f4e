import { channelSize } from '../../core/encoder/blocks';
import type { EncoderDescription } from '../../core/encoder/description';
import { cellOf, trackForm, type Track, type TrackForm } from '../../core/encoder/tracks';
import type { CatalogueSequence } from '../../core/index/catalogue';
import type { WorkOptionsOf } from '../../core/index/fileWorker';
import type { Indexer } from '../../core/index/indexer';
import { forEachConcurrently } from '../../core/index/pace';
import { UnreadableError } from '../../core/recordings/unreadable';
import type { Threads } from '../workers/threads';
import { byFile } from './byFile';
import type { Candidate } from './candidates';
import type { Left } from './left';

export interface TrackParts {
  readonly workOf: WorkOptionsOf;
  readonly encoder: EncoderDescription;
  readonly threads: Pick<Threads, 'embed'>;
  readonly indexer: Pick<Indexer, 'formFor' | 'storedTrack' | 'keepTrack'>;
}

/** Tracks of so many bytes are kept in memory; others are read from the store whenever they are needed. */
const mostBytes = 2 ** 28;

/** So many files are asked for at once. */
const width = 8;

/** Has the tracks of recordings, from the store where it has them. */
export class TrackShelf {
  readonly form: TrackForm;
  private readonly size: number;
  private known = new WeakMap<CatalogueSequence, Track>();
  private bytes = 0;

  constructor(private readonly parts: TrackParts) {
    this.form = trackForm(parts.encoder);
    this.size = channelSize(parts.encoder);
  }

  /** The tracks of recordings; those of an index of before there were tracks are made. */
  async of(candidates: readonly Candidate[], left: Left, signal: AbortSignal): Promise<ReadonlyMap<string, Track>> {
    const tracks = new Map<string, Track>();
    const missing: Candidate[] = [];
    for (const candidate of candidates) {
      const { sequence } = candidate.findable;
      const track = this.known.get(sequence) ?? this.sound(sequence, this.parts.indexer.storedTrack(sequence));
      if (track === undefined) missing.push(candidate);
      else this.keep(candidate, track, tracks);
    }
    await forEachConcurrently(byFile(missing), width, async (ofFile) => {
      try {
        await this.make(ofFile, tracks, signal);
      } catch (error) {
        if (!(error instanceof UnreadableError) || signal.aborted) throw error;
        left.add(error.message, ofFile.length);
      }
    });
    return tracks;
  }

  private async make(candidates: readonly Candidate[], tracks: Map<string, Track>, signal: AbortSignal): Promise<void> {
    const { workOf, threads, indexer } = this.parts;
    const path = candidates[0]?.findable.sequence.path ?? '';
    const requests = candidates.map(({ findable: { sequence } }) => ({
      number: sequence.number,
      ...indexer.formFor(sequence),
    }));
    const made = await threads.embed(path, requests, workOf(path), 'background', signal);
    for (const candidate of candidates) {
      const { sequence } = candidate.findable;
      const track = this.sound(sequence, made.find(({ number }) => number === sequence.number)?.track);
      if (track === undefined) throw new UnreadableError('it changed since it was indexed');
      indexer.keepTrack(sequence, track);
      this.keep(candidate, track, tracks);
    }
  }

  private keep({ findable, key }: Candidate, track: Track, tracks: Map<string, Track>): void {
    tracks.set(key, track);
    if (this.known.has(findable.sequence)) return;
    this.bytes += track.bytes.length;
    if (this.bytes > mostBytes) {
      this.known = new WeakMap();
      this.bytes = track.bytes.length;
    }
    this.known.set(findable.sequence, track);
  }

  /** A track if it is one of this sequence. */
  private sound({ surveyed }: CatalogueSequence, track: Track | undefined): Track | undefined {
    if (track?.channels !== surveyed.channels.length) return undefined;
    const { steps, cell, channels, bytes } = track;
    const isWhole = Number.isInteger(steps) && steps > 0 && cell === cellOf(this.form, steps, this.size);
    const length = channels * Math.ceil(steps / cell) * this.form.groups.length;
    return isWhole && bytes.length === length ? track : undefined;
  }
}
