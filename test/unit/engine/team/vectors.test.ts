import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEncoder } from '../../../../src/core/encoder/completed';
import type { EncoderDescription } from '../../../../src/core/encoder/description';
import { randomOf } from '../../../../src/core/distributions/random';
import { startPglite, type LiteServer } from '../../../../src/dev/pglite';
import { syntheticTeam, type Synthetic } from '../../../../src/dev/team/synthetic';
import type { TeamConnection } from '../../../../src/engine/team/connection';
import { fillVectors } from '../../../../src/engine/team/fillVectors';
import { FollowedIndex } from '../../../../src/engine/team/followedIndex';
import { ServerIndex } from '../../../../src/engine/team/serverIndex';
import type { TeamFilter } from '../../../../src/engine/team/filter';
import type { TeamAnswer, TeamSearch } from '../../../../src/engine/team/teamSearch';
import { vectorsOf } from '../../../../src/engine/team/vectors';
import { connectionTo } from './server';

const rows = 1500;
const limit = 20;

describe('searching on a server with pgvector', () => {
  let server: LiteServer;
  let connection: TeamConnection;
  let encoder: EncoderDescription;
  let made: Synthetic;
  let codes: Uint8Array;
  let folder: string;

  beforeAll(async () => {
    ({ description: encoder } = await openEncoder(resolve('models')));
    server = await startPglite();
    folder = mkdtempSync(join(tmpdir(), 'kindred-copy-'));
    connection = connectionTo(server.address);
    made = await syntheticTeam(connection, encoder);
    codes = clustered(rows, made.encoder.perChannel);
    const half = (rows / 2) * made.encoder.perChannel;
    await made.write(codes.subarray(0, half), 0, labelOf);
    await made.write(codes.subarray(half), rows / 2, labelOf);
  });

  afterAll(async () => {
    await connection.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const query = (row: number, filter: TeamFilter = {}, length = limit) => {
    const values = codes.slice(row * made.encoder.perChannel, (row + 1) * made.encoder.perChannel);
    return { ...{ layout: made.layout, channels: 1, values, limit: length, filter }, without: null };
  };

  async function both(work: (here: TeamSearch, there: TeamSearch) => Promise<void>): Promise<void> {
    const here = await FollowedIndex.open(connection, encoder, folder);
    const there = await ServerIndex.open(connection, encoder);
    try {
      await work(here, there);
    } finally {
      await here.close();
      await there.close();
    }
  }

  it('finds what a search of all rows on this machine finds, and knows when that is proven', async () => {
    await both(async (here, there) => {
      let proven = 0;
      for (const row of [0, 7, 311, 1499]) {
        const [expected, answer] = [await here.nearest(query(row)), await there.nearest(query(row))];
        expect(expected).toMatchObject({ certainty: 'exact', candidates: rows });
        if (answer.certainty === 'exact') {
          proven++;
          expect(shown(answer)).toEqual(shown(expected));
        }
        expect(answer.matches[0]).toMatchObject({ distance: 0 });
      }
      expect(proven).toBeGreaterThan(0);
    });
  });

  it('filters as this machine does', async () => {
    await both(async (here, there) => {
      const filters: readonly TeamFilter[] = [
        { label: 'three' },
        { folder: { root: 'made', path: '7' } },
        { folder: { root: 'made', path: '1' }, rates: [50, 200] },
        { rates: [1, 2] },
        { label: "'; DROP TABLE kindred.roots; --" },
      ];
      for (const filter of filters) {
        const [expected, answer] = [await here.nearest(query(3, filter)), await there.nearest(query(3, filter))];
        expect(shown(answer)).toEqual(shown(expected));
        expect(answer.certainty).toBe('exact');
      }
      expect((await there.nearest(query(3, { label: 'three' }))).matches.length).toBe(limit);
    });
  });

  it('says when a candidate is missing, as an index of pgvector may miss some', async () => {
    await both(async (here, there) => {
      const exact = await here.nearest(query(5));
      // The nearest but one is not among the vectors, so that no candidate of the server is it.
      const second = exact.matches[1]?.recording.content;
      await connection.rows({ text: 'DELETE FROM kindred.coarse WHERE content = $1', values: [second] });
      const answer = await there.nearest(query(5));
      expect(shown(answer)).not.toEqual(shown(exact));
      const { vectors } = await vectorsOf(connection);
      if (vectors === null) throw new Error('pgvector is missing');
      await fillVectors(connection, made.encoder, vectors);
      const [row] = await connection.rows({ text: 'SELECT count(*)::int AS count FROM kindred.coarse' });
      expect(row).toEqual({ count: rows });
      expect(shown(await there.nearest(query(5)))).toEqual(shown(exact));
    });
  });

  it('does without pgvector that is too old, and says what mends it', async () => {
    const set = (version: string) =>
      connection.rows({ text: `UPDATE pg_extension SET extversion = $1 WHERE extname = 'vector'`, values: [version] });
    const { vectors } = await vectorsOf(connection);
    await set('0.6.2');
    await expect(ServerIndex.open(connection, encoder)).rejects.toThrow(
      /pgvector 0\.6\.2 is too old .* ALTER EXTENSION vector UPDATE;/,
    );
    const here = await FollowedIndex.open(connection, encoder, folder);
    expect((await here.nearest(query(1))).matches).toHaveLength(limit);
    await here.close();
    await set(vectors?.version ?? '');
  });
});

function labelOf(row: number): string | null {
  return row % 3 === 0 ? 'three' : null;
}

function shown({ matches }: TeamAnswer) {
  return matches.map(({ rank, distance, recording }) => [rank, distance, recording.path, recording.label]);
}

/** Rows around a few centres, as embeddings are. */
function clustered(count: number, perRow: number): Uint8Array {
  const random = randomOf(1, 'clusters');
  const centres = Array.from({ length: 12 }, () => Uint8Array.from({ length: perRow }, () => 90 + random.below(76)));
  const codes = new Uint8Array(count * perRow);
  for (let row = 0; row < count; row++) {
    const centre = centres[random.below(centres.length)] ?? new Uint8Array(perRow);
    const spread = 4 + random.below(20);
    for (let i = 0; i < perRow; i++) codes[row * perRow + i] = centre[i]! + random.below(spread);
  }
  return codes;
}
