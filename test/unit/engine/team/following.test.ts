import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEncoder } from '../../../../src/core/encoder/completed';
import type { EncoderDescription } from '../../../../src/core/encoder/description';
import { randomOf } from '../../../../src/core/distributions/random';
import type { OwnServer } from '../../../../src/dev/postgres';
import { syntheticTeam, type Synthetic } from '../../../../src/dev/team/synthetic';
import type { TeamConnection } from '../../../../src/engine/team/connection';
import { beginning, follow } from '../../../../src/engine/team/following';
import { FollowedIndex } from '../../../../src/engine/team/followedIndex';
import { lockToWrite } from '../../../../src/engine/team/schema';
import { TeamAwayError } from '../../../../src/engine/team/teamErrors';
import { connectionTo, newDatabase, obstacle, realServer } from './server';

describe.skipIf(obstacle !== null)('following an index', () => {
  let server: OwnServer;
  let encoder: EncoderDescription;
  const folders: string[] = [];

  beforeAll(async () => {
    server = await realServer();
    ({ description: encoder } = await openEncoder(resolve('models')));
  });

  afterAll(async () => {
    await server.remove();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function copyFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'kindred-copy-'));
    folders.push(folder);
    return folder;
  }

  const codes = (rows: number, seed: number, { encoder: { perChannel } }: Synthetic) => {
    const random = randomOf(seed, 'codes');
    return Uint8Array.from({ length: rows * perChannel }, () => 100 + random.below(56));
  };

  const ask = (index: FollowedIndex, made: Synthetic, values: Uint8Array) =>
    index.nearest({ layout: made.layout, channels: 1, values, limit: 5, filter: {}, without: null });

  async function withTeam(work: (connection: TeamConnection, made: Synthetic, database: string) => Promise<void>) {
    const database = await newDatabase(server);
    const connection = connectionTo(server.address(database));
    try {
      await work(connection, await syntheticTeam(connection, encoder), database);
    } finally {
      await connection.close();
    }
  }

  it('never sees a change before one that began earlier and ends later', async () => {
    await withTeam(async (connection, made, database) => {
      const slow = connectionTo(server.address(database));
      const seen: number[] = [];
      const look = async (from = beginning) =>
        follow(connection, made.encoder.id, from, ({ page }) => {
          for (const { number } of page.embeddings) seen.push(Number(number));
        });
      const row = `INSERT INTO kindred.embeddings SELECT ${made.encoder.id}, 'c', $1::int, id, 1, NULL, '', nextval('kindred.change')
        FROM kindred.scales`;
      // The slow one has the lock, and a number, before the fast one begins.
      const mayEnd = signal();
      const hasBegun = signal();
      const slowly = slow.transaction(async (asking) => {
        await asking.rows({ text: lockToWrite });
        await asking.rows({ text: row, values: [1] });
        hasBegun.give();
        await mayEnd.given;
      });
      await hasBegun.given;
      const fast = connection.transaction(async (asking) => {
        await asking.rows({ text: lockToWrite });
        await asking.rows({ text: row, values: [2] });
      });
      const cursor = await look();
      expect(seen).toEqual([]);
      mayEnd.give();
      await Promise.all([slowly, fast]);
      await look(cursor);
      expect(seen).toEqual([1, 2]);
      await slow.close();
    });
  });

  it('keeps a copy, goes on from it, and searches it when the server is gone', async () => {
    await withTeam(async (connection, made) => {
      const folder = copyFolder();
      const rows = codes(40, 1, made);
      const { perChannel } = made.encoder;
      await made.write(rows.subarray(0, 30 * perChannel), 0);
      const first = await FollowedIndex.open(connection, encoder, folder);
      expect(first.size).toBe(30);
      await made.write(rows.subarray(30 * perChannel), 30);
      await first.follow();
      expect(first.size).toBe(40);
      const query = rows.slice(35 * perChannel, 36 * perChannel);
      const answer = await ask(first, made, query);
      expect(answer.matches[0]).toMatchObject({ distance: 0, recording: { root: 'made', path: '35/35.csv' } });
      expect(answer.matches).toHaveLength(5);
      await first.close();
      expect(readdirSync(folder)).toEqual(['000001.rows', '000002.rows']);

      await server.stop('immediate');
      const away = await FollowedIndex.open(connection, encoder, folder);
      expect(away.away).toMatch(/^The team's index \(team_\w+ at .+\) cannot be reached: .+ still works\.$/);
      expect(await ask(away, made, query)).toEqual(answer);
      await away.close();
      await expect(FollowedIndex.open(connection, encoder, copyFolder())).rejects.toThrow(TeamAwayError);
      await server.start();
      const again = await FollowedIndex.open(connection, encoder, folder);
      expect(again.away).toBeNull();
      expect(await ask(again, made, query)).toEqual(answer);
      await again.close();
    });
  });

  it('asks again for what is damaged, and for all of another index', async () => {
    const folder = copyFolder();
    await withTeam(async (connection, made) => {
      await made.write(codes(10, 2, made), 0);
      await (await FollowedIndex.open(connection, encoder, folder)).close();
      await made.write(codes(10, 3, made), 10);
      await (await FollowedIndex.open(connection, encoder, folder)).close();
      const part = join(folder, '000002.rows');
      truncateSync(part, statSync(part).size - 100);
      const index = await FollowedIndex.open(connection, encoder, folder);
      expect(index.size).toBe(20);
      await index.close();
    });
    await withTeam(async (connection, made) => {
      await made.write(codes(3, 4, made), 0);
      const index = await FollowedIndex.open(connection, encoder, folder);
      expect(index.size).toBe(3);
      await index.close();
    });
  });

  it('leaves out rows that cannot be what they should, and says so', async () => {
    await withTeam(async (connection, made, database) => {
      await made.write(codes(12, 5, made), 0);
      await server.psql(
        `UPDATE kindred.recordings SET path = '../../etc/passwd', change = nextval('kindred.change') WHERE path = '0/0.csv';
        UPDATE kindred.recordings SET path = '/etc/passwd' WHERE path = '1/1.csv';
        UPDATE kindred.recordings SET path = E'a\\u001b[31m/b.csv' WHERE path = '2/2.csv';
        UPDATE kindred.recordings SET path = 'C:\\Windows\\x' WHERE path = '3/3.csv';
        UPDATE kindred.embeddings SET bytes = 'short' WHERE content = 'made 4';
        UPDATE kindred.sequences SET channels = '[{"name": 3}]' WHERE content = 'made 5';
        UPDATE kindred.sequences SET steps = 'NaN' WHERE content = 'made 6';
        UPDATE kindred.recordings SET label = '<img src=x onerror=alert(1)>' || repeat('x', 100000) WHERE path = '7/7.csv'`,
        database,
      );
      const index = await FollowedIndex.open(connection, encoder, copyFolder());
      const { matches } = await index.nearest({
        ...{ layout: made.layout, channels: 1, values: codes(1, 6, made), limit: 50, filter: {}, without: null },
      });
      expect(matches.map(({ recording }) => recording.path).sort()).toEqual(
        ['10/10.csv', '11/11.csv', '7/7.csv', '8/8.csv', '9/9.csv'].sort(),
      );
      const label = matches.find(({ recording }) => recording.path === '7/7.csv')?.recording.label;
      expect(label?.length).toBeLessThanOrEqual(4096);
      expect([...index.leftOut].sort((a, b) => (a.reason < b.reason ? -1 : 1))).toEqual([
        { count: 1, reason: 'it does not have as many bytes as the encoder makes of its channels' },
        { count: 4, reason: 'its path does not stay below its root' },
        { count: 2, reason: 'what it says of its sequence cannot be' },
      ]);
      await index.close();
    });
  });
});

function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}
