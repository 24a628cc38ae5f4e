import { Galleries } from '../../core/ranking/galleries';
import { blockLevels } from '../../core/encoder/blocks';
import type { EncoderDescription } from '../../core/encoder/description';
import { channelSize } from '../../core/encoder/blocks';
import { rowFormOf } from '../../core/ranking/rowForm';
import { LeftOutRows, type LeftOut } from './leftOut';
import { contentKey, embeddingOf, recordingOf, type TeamRecording } from './rows';
import { scaleOfRow, type TeamScale } from './scales';

/** Rows as they come: from the server, or from the copy on this machine. */
export interface RowPage {
  readonly scales: readonly unknown[];
  readonly embeddings: readonly Readonly<Record<string, unknown>>[];
  readonly recordings: readonly Readonly<Record<string, unknown>>[];
}

/** The rows of a team's index on this machine: one row of a gallery for each content, and the recordings that hold it. */
export class TeamRows {
  readonly galleries: Galleries;
  private readonly perChannel: number;
  private readonly scalesById = new Map<number, TeamScale>();
  private readonly scalesByLayout = new Map<string, TeamScale>();
  private readonly lengths = new Map<number, number>();
  private readonly recordings = new Map<number, TeamRecording>();
  private readonly ofContent = new Map<string, Set<TeamRecording>>();
  private readonly covered = new Map<string, number>();
  private readonly refused = new LeftOutRows();

  constructor(encoder: EncoderDescription) {
    this.galleries = new Galleries(rowFormOf(encoder), blockLevels(encoder));
    this.perChannel = channelSize(encoder);
  }

  /** Recordings that can be found or wait for their embeddings. */
  get size(): number {
    return this.recordings.size;
  }

  get leftOut(): readonly LeftOut[] {
    return this.refused.all;
  }

  /** The form of a layout in this index, if it has any. */
  scaleOf(layout: string): TeamScale | undefined {
    return this.scalesByLayout.get(layout);
  }

  /** The recordings of a content; `key` is that of `contentKey`. */
  holdersOf(key: string): Iterable<TeamRecording> {
    return this.ofContent.get(key) ?? [];
  }

  coveredOf(key: string): number {
    return this.covered.get(key) ?? 0;
  }

  /** Takes rows over: what a later one says of the same holds. What is no row is left out, and counted. */
  take({ scales, embeddings, recordings }: RowPage): void {
    for (const row of scales) this.takeScale(row);
    for (const row of embeddings) {
      const embedding = embeddingOf(row, this.lengths);
      if (typeof embedding === 'string') {
        this.refused.add(embedding);
        continue;
      }
      const scale = this.scalesById.get(embedding.scale);
      if (scale === undefined) continue;
      const key = contentKey(embedding);
      this.galleries.put({ key, layout: scale.layout, channels: scale.channels, values: embedding.bytes });
      this.covered.set(key, embedding.covered);
    }
    for (const row of recordings) {
      const recording = recordingOf(row);
      if (typeof recording === 'string') this.refused.add(recording);
      else if (recording.content === null) this.forget(recording.id);
      else this.takeRecording(recording);
    }
  }

  async close(): Promise<void> {
    await this.galleries.close();
  }

  private takeScale(row: unknown): void {
    const scale = scaleOfRow(row);
    if (scale === null) {
      this.refused.add('its scale is none');
      return;
    }
    this.scalesById.set(scale.id, scale);
    this.scalesByLayout.set(scale.layout, scale);
    this.lengths.set(scale.id, scale.channels * this.perChannel);
  }

  private takeRecording(recording: TeamRecording): void {
    this.forget(recording.id);
    this.recordings.set(recording.id, recording);
    const key = contentKey(recording);
    const holders = this.ofContent.get(key);
    if (holders === undefined) this.ofContent.set(key, new Set([recording]));
    else holders.add(recording);
  }

  private forget(id: number): void {
    const recording = this.recordings.get(id);
    if (recording === undefined) return;
    this.recordings.delete(id);
    const key = contentKey(recording);
    const holders = this.ofContent.get(key);
    holders?.delete(recording);
    if (holders?.size === 0) this.ofContent.delete(key);
  }
}
