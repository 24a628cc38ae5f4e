import type { EncoderDescription } from '../../core/encoder/description';
import type { TeamConnection } from './connection';
import { encoderToSearchBy } from './encoders';
import { isFilter, passes } from './filter';
import { follow } from './following';
import { LocalCopy } from './localCopy';
import { contentKey } from './rows';
import type { TeamScale } from './scales';
import { setUpTeam } from './setUp';
import { TeamAwayError } from './teamErrors';
import { TeamRows } from './teamRows';
import type { LeftOut } from './leftOut';
import { noneAlike, ranked, type TeamAnswer, type TeamMatch, type TeamQuery, type TeamSearch } from './teamSearch';
import { embeddingIdentity } from '../../core/encoder/blocks';

/** A team's index that is followed into this machine and searched here, exactly, whether the server is there or not. */
export class FollowedIndex implements TeamSearch {
  private constructor(
    private readonly connection: TeamConnection,
    private readonly rows: TeamRows,
    private readonly copy: LocalCopy,
    private readonly encoder: number | null,
    /** Why the server could not be asked, or `null`. */
    readonly away: string | null,
  ) {}

  /**
   * Reads the copy on this machine and follows what changed since.
   * @param folder where the copy is kept
   * @throws RequestError where the server refuses, and TeamAwayError where it is away and there is no copy
   */
  static async open(connection: TeamConnection, encoder: EncoderDescription, folder: string): Promise<FollowedIndex> {
    const rows = new TeamRows(encoder);
    const take = rows.take.bind(rows);
    try {
      const { id } = await setUpTeam(connection, false);
      const { id: number } = await encoderToSearchBy(connection, encoder);
      const copy = await LocalCopy.open(folder, id, embeddingIdentity(encoder), take);
      const index = new FollowedIndex(connection, rows, copy, number, null);
      await index.follow();
      return index;
    } catch (error) {
      await rows.close();
      if (!(error instanceof TeamAwayError)) throw error;
      return await FollowedIndex.withoutServer(connection, encoder, folder, error);
    }
  }

  private static async withoutServer(
    connection: TeamConnection,
    encoder: EncoderDescription,
    folder: string,
    why: TeamAwayError,
  ): Promise<FollowedIndex> {
    const rows = new TeamRows(encoder);
    const copy = await LocalCopy.open(folder, null, embeddingIdentity(encoder), rows.take.bind(rows));
    if (rows.size === 0) throw why;
    return new FollowedIndex(connection, rows, copy, null, why.message);
  }

  /** Takes over what has changed since. @throws TeamAwayError */
  async follow(): Promise<void> {
    const { connection, copy, rows, encoder } = this;
    if (encoder === null) return;
    await follow(connection, encoder, copy.cursor, async (step) => {
      rows.take(step.page);
      await copy.add(step);
    });
    await copy.flush();
  }

  get size(): number {
    return this.rows.size;
  }

  get leftOut(): readonly LeftOut[] {
    return this.rows.leftOut;
  }

  /** By which a recording of a layout is embedded to be compared. @throws RequestError where the index has none like it */
  scaleOf(layout: string): TeamScale {
    const scale = this.rows.scaleOf(layout);
    if (scale === undefined) throw noneAlike();
    return scale;
  }

  nearest(query: TeamQuery): Promise<TeamAnswer> {
    const { galleries } = this.rows;
    const { layout, channels, values, limit, filter } = query;
    const item = { key: '', layout, channels, values };
    const candidates = galleries.sizeOf(layout);
    const wanted = limit + (query.without === null ? 0 : 1);
    if (isFilter(filter)) {
      const all = this.holders(galleries.rankingInLayout(item), query);
      return Promise.resolve({ matches: ranked(all, query), candidates, certainty: 'exact' });
    }
    // A content that no recording holds any more takes a place.
    for (let asked = wanted; ; asked *= 2) {
      const found = galleries.nearestInLayout(item, asked);
      const all = this.holders(found, query);
      if (all.length < wanted && found.length === asked && asked < candidates) continue;
      return Promise.resolve({ matches: ranked(all, query), candidates, certainty: 'exact' });
    }
  }

  async close(): Promise<void> {
    await this.rows.close();
  }

  private holders(
    found: readonly { readonly key: string; readonly distance: number }[],
    { filter, layout }: TeamQuery,
  ): readonly Omit<TeamMatch, 'rank'>[] {
    return found.flatMap(({ key, distance }) =>
      [...this.rows.holdersOf(key)]
        .filter(
          (recording) => recording.layout === layout && contentKey(recording) === key && passes(filter, recording),
        )
        .map((recording) => ({ distance, recording })),
    );
  }
}
