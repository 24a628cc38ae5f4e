import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnServer } from '../../../../src/dev/postgres';
import { runKindred } from '../../cli/runKindred';
import { recording, TestWorkspace } from '../workspace';
import { connectionTo, newDatabase, obstacle, realServer } from './server';
import { envelopeOf } from '../../../../src/engine/team/envelopeOf';

interface Listing {
  readonly certainty: string;
  readonly matches: readonly {
    readonly distance: number;
    readonly recording?: { readonly root: string; readonly path: string };
    readonly here?: string | null;
    readonly sequence?: { readonly file: string };
  }[];
}

describe.skipIf(obstacle !== null)('searching for a team by the command line', () => {
  let server: OwnServer;
  let database: string;
  let lab: TestWorkspace;
  let own: TestWorkspace;
  const caches = mkdtempSync(join(tmpdir(), 'kindred-caches-'));
  const others = mkdtempSync(join(tmpdir(), 'kindred-others-'));

  beforeAll(async () => {
    server = await realServer();
    database = await newDatabase(server);
    lab = new TestWorkspace();
    own = new TestWorkspace();
    for (let i = 0; i < 8; i++) lab.write(`ward/${i}.csv`, recording(0.1 + 0.1 * i, { phase: i }));
    lab.write('labels.csv', 'path,label\nward/1.csv,sl\u001b[31mow\n');
    for (let i = 0; i < 4; i++) own.write(`${i}.csv`, recording(0.15 + 0.1 * i, { phase: i }));
    const args = ['index', '.', '--root', 'lab', '--to', server.address(database)];
    expect(await runKindred(lab.folder, others, args)).toMatchObject({ code: 0, stderr: '' });
  });

  afterAll(async () => {
    await server.remove();
    lab.remove();
    own.remove();
    for (const cache of [caches, others]) rmSync(cache, { recursive: true, force: true });
  });

  const search = (...more: string[]) =>
    runKindred(own.folder, caches, ['search', '0.csv', '--team', server.address(database), ...more]);

  it('says under whose root a file lies, and plays no tricks on the terminal', async () => {
    const { code, stdout, stderr } = await search();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Nearest to .*0\.csv, of 8 recordings of the team:\n/);
    expect(stdout).toMatch(/ sl\ufffd\[31mow +lab:ward\/1\.csv +not on this machine\n/);
    const mounted = await search('--mount', `lab=${lab.folder}`, '--json');
    const { matches } = JSON.parse(mounted.stdout) as Listing;
    expect(matches.map(({ here }) => here)).toContain(lab.path('ward/1.csv'));
  });

  it('lists recordings of this machine among them, by distances that can be compared', async () => {
    const { code, stdout, stderr } = await search('--also-local', '.', '--top', '20', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const { matches } = JSON.parse(stdout) as Listing;
    expect(matches.filter(({ sequence }) => sequence !== undefined)).toHaveLength(3);
    expect(matches.filter(({ recording: team }) => team !== undefined)).toHaveLength(8);
    // The same file, once it is the team's, is as far as it was here.
    const before = matches.find(({ sequence }) => sequence?.file === '2.csv')?.distance;
    await runKindred(own.folder, others, ['index', '.', '--root', 'own', '--to', server.address(database)]);
    const after = JSON.parse((await search('--top', '20', '--json', '--under', 'own')).stdout) as Listing;
    expect(after.matches.find(({ recording: team }) => team?.path === '2.csv')?.distance).toBe(before);
  });

  it('has what a recording is drawn from where its file is not', async () => {
    const connection = connectionTo(server.address(database));
    const [row] = await connection.rows({
      text: `SELECT id::float8 AS id FROM kindred.recordings WHERE path = 'ward/1.csv'`,
    });
    const drawn = await envelopeOf(connection, Number(row?.['id']));
    expect(drawn?.map(({ minimum }) => minimum.length)).toEqual([
      drawn?.[0]?.minimum.length,
      drawn?.[0]?.minimum.length,
    ]);
    expect(drawn?.every(({ minimum, maximum }) => minimum.every((low, i) => low <= (maximum[i] ?? NaN)))).toBe(true);
    expect(await envelopeOf(connection, 999_999)).toBeNull();
    await connection.close();
  });

  it('fails in a sentence where there is nothing to search', async () => {
    const none = await runKindred(own.folder, caches, ['search', '0.csv', '--team']);
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toMatch(/No address of a team's index is given/);
    own.write('other.csv', recording(0.5).replace('x,y', 'p,q'));
    const args = ['search', 'other.csv', '--team', server.address(database)];
    expect((await runKindred(own.folder, caches, args)).stderr).toMatch(
      /No recording of the team's index has the channels/,
    );
    const there = await search('--on-server');
    expect(there.code).toBe(0 + Number(!/Nearest/.test(there.stdout)));
    if (there.code === 1) expect(there.stderr).toMatch(/pgvector 0\.7 or later is missing/);
  });
});
