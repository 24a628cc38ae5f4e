import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnServer } from '../../../../src/dev/postgres';
import { runKindred } from '../../cli/runKindred';
import { recording, TestWorkspace } from '../workspace';
import { newDatabase, obstacle, realServer } from './server';
import { flawsOf, tableOf } from './teamTables';

const files = 24;

describe.skipIf(obstacle !== null)('indexing for a team, on a real server', () => {
  let server: OwnServer;
  let workspace: TestWorkspace;
  const caches: string[] = [];

  beforeAll(async () => {
    server = await realServer();
    workspace = new TestWorkspace();
    for (let i = 0; i < files; i++) workspace.write(`some/${i}.csv`, recording(0.1 + 0.03 * i, { phase: i }));
    // Copies, which are embedded once, and a layout that comes last.
    for (let i = 0; i < 6; i++) workspace.write(`copies/${i}.csv`, recording(0.1 + 0.03 * i, { phase: i }));
    workspace.write('broken.npy', 'no array');
    workspace.write('labels.csv', 'path,label\nsome/1.csv,one\n');
  });

  afterAll(async () => {
    await server.remove();
    workspace.remove();
    for (const cache of caches) rmSync(cache, { recursive: true, force: true });
  });

  /** A machine with a cache of its own. */
  function machine(): string {
    const cache = mkdtempSync(join(tmpdir(), 'kindred-machine-'));
    caches.push(cache);
    return cache;
  }

  const index = (cache: string, database: string, ...more: string[]) =>
    runKindred(workspace.folder, cache, ['index', '.', '--root', 'lab', '--to', server.address(database), ...more]);

  it('gives the same table from one machine, from three at once, and again', async () => {
    const alone = await newDatabase(server);
    const first = await index(machine(), alone);
    expect(first.stderr).toBe('');
    expect(first.stdout).toMatch(/^30 sequences of lab .* 31 of 31 files up to date and embedded 25 contents\.\n$/);
    const table = await tableOf(server, alone);
    expect(table.trim().split('\n')).toHaveLength(30);

    const together = await newDatabase(server);
    const all = await Promise.all([1, 2, 3].map(() => index(machine(), together)));
    expect(all.map(({ code, stderr }) => [code, stderr])).toEqual([1, 2, 3].map(() => [0, '']));
    const done = all.map(({ stdout }) => Number(/brought (\d+) of/.exec(stdout)?.[1]));
    const embedded = all.map(({ stdout }) => Number(/embedded (\d+) contents/.exec(stdout)?.[1]));
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
    expect([sum(done), sum(embedded)]).toEqual([31, 25]);
    expect(await tableOf(server, together)).toBe(table);
    expect(await flawsOf(server, together)).toBe('');

    const changes = await server.psql('SELECT max(change) FROM kindred.recordings', alone);
    const again = await index(machine(), alone);
    expect(again.stdout).toMatch(/brought 0 of 31 files up to date and embedded 0 contents/);
    expect(await tableOf(server, alone)).toBe(table);
    expect(await server.psql('SELECT max(change) FROM kindred.recordings', alone)).toBe(changes);
  });

  it('loses nothing and makes nothing twice when a machine is killed, whenever that is', async () => {
    const database = await newDatabase(server);
    const args = ['index', '.', '--root', 'lab', '--lease', '1', '--to', server.address(database)];
    for (let killed = 0; killed < 3; killed++) {
      const child = begin(workspace.folder, machine(), args);
      await untilSome(server, database, 1 + 8 * killed, child);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const end = await index(machine(), database, '--lease', '1');
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(await flawsOf(server, database)).toBe('');
    const alone = await newDatabase(server);
    await index(machine(), alone);
    expect(await tableOf(server, database)).toBe(await tableOf(server, alone));
  });

  it('follows labels, and takes out what is gone only where it is asked to', async () => {
    const database = await newDatabase(server);
    const own = new TestWorkspace();
    const kindred = (...more: string[]) =>
      runKindred(own.folder, machine(), ['index', '.', '--root', 'own', '--to', server.address(database), ...more]);
    try {
      own.write('a.csv', recording(0.2));
      own.write('b.csv', recording(0.3));
      await kindred();
      own.write('labels.csv', 'path,label\na.csv,<b>x</b>\n');
      rmSync(own.path('b.csv'));
      const kept = await kindred();
      expect(kept.stderr).toMatch(/1 files of this root are not in this folder\. .*--remove-missing/);
      const rows = () =>
        server.psql('SELECT path, label, content IS NULL FROM kindred.recordings ORDER BY 1', database);
      expect(await rows()).toBe('a.csv|<b>x</b>|f\nb.csv||f\n');
      await kindred('--remove-missing');
      expect(await rows()).toBe('a.csv|<b>x</b>|f\nb.csv||t\n');
    } finally {
      own.remove();
    }
  });
});

function begin(folder: string, cache: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  return spawn(process.execPath, [resolve('dist/cli.cjs'), ...args], { cwd: folder, env, stdio: 'ignore' });
}

/** Resolves when so many files are claimed or done, or the process has ended. */
async function untilSome(server: OwnServer, database: string, files: number, child: ChildProcess): Promise<void> {
  const count = `SELECT CASE WHEN to_regclass('kindred.claims') IS NULL THEN 0 ELSE
    (SELECT (xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM kindred.claims', true, true, '')))[1]::text::int) END`;
  while (child.exitCode === null && Number(await server.psql(count, database)) < files);
}
