import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { randomOf } from '../../core/distributions/random';
import { mustRun } from '../command';
import { startPostgres, type OwnServer } from '../postgres';
import { inProject } from '../project';
import { npyFile } from '../sample/writers/npy';

export interface TeamTorture {
  readonly seed: number;
  /** Of PostgreSQL's programs. */
  readonly programs: string;
  readonly milliseconds: number;
  /** So often a writer is killed. */
  readonly killEvery: number;
  /** So many files come whenever a writer has found nothing left to do. */
  readonly filesAtOnce: number;
}

export interface TeamFigures {
  readonly kills: number;
  readonly files: number;
  /** Recordings that are not in the index, or have no embedding. */
  readonly lost: number;
  /** Embeddings of one content beside the first, and recordings of one file. */
  readonly twice: number;
  /** Work and claims that nobody will end. */
  readonly left: number;
  /** Rows that are others than those of one writer that nobody killed. */
  readonly wrong: number;
}

const writers = 3;
const steps = 400;

/** Has three writers fill an index, and kills one of them again and again. */
export async function killTeamWriters(torture: TeamTorture): Promise<TeamFigures> {
  const base = mkdtempSync(join(tmpdir(), 'kindred-team-'));
  const server = await startPostgres(torture.programs);
  const folder = join(base, 'recordings');
  mkdirSync(folder);
  try {
    await server.psql('CREATE DATABASE tortured');
    await server.psql('CREATE DATABASE clean');
    const { kills, files } = await write(torture, server, base, folder);
    await mustRun(...kindred(folder, server.address('tortured')), { env: cacheIn(base, 'last') });
    await mustRun(...kindred(folder, server.address('clean')), { env: cacheIn(base, 'clean') });
    const [tortured, clean] = [await rowsOf(server, 'tortured'), new Set(await rowsOf(server, 'clean'))];
    const count = async (sql: string) => Number(await server.psql(sql, 'tortured'));
    return {
      kills,
      files,
      lost: files - new Set(tortured).size,
      twice:
        tortured.length - files + (await count('SELECT count(*) - count(DISTINCT content) FROM kindred.embeddings')),
      left: await count(
        'SELECT (SELECT count(*) FROM kindred.work) + (SELECT count(*) FROM kindred.claims WHERE NOT done)',
      ),
      wrong: tortured.filter((row) => !clean.has(row)).length,
    };
  } finally {
    await server.remove();
    rmSync(base, { recursive: true, force: true });
  }
}

async function write(
  { seed, milliseconds, killEvery, filesAtOnce }: TeamTorture,
  server: OwnServer,
  base: string,
  folder: string,
): Promise<{ readonly kills: number; readonly files: number }> {
  const random = randomOf(seed, 'team');
  const running = new Map<number, ChildProcess>();
  let kills = 0;
  let files = 0;
  const add = () => {
    for (let i = 0; i < filesAtOnce; i++) writeFileSync(join(folder, `${files}.npy`), recording(files++));
  };
  const writer = async (number: number, end: number) => {
    while (performance.now() < end) {
      const [program, args] = kindred(folder, server.address('tortured'));
      const child = spawn(program, args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: cacheIn(base, String(number)),
      });
      running.set(number, child);
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code === 0) add();
    }
  };
  add();
  // The first files decide about the scale, there as here.
  await mustRun(...kindred(folder, server.address('clean')), { env: cacheIn(base, 'clean') });
  const end = performance.now() + milliseconds;
  const all = Promise.all(Array.from({ length: writers }, (_, number) => writer(number, end)));
  const over = new AbortController();
  const killer = (async () => {
    while (performance.now() + killEvery < end) {
      await wait(killEvery, undefined, { signal: over.signal }).catch(() => undefined);
      if (running.get(random.below(writers))?.kill('SIGKILL') === true) kills++;
    }
  })();
  await all;
  over.abort();
  await killer;
  return { kills, files };
}

function kindred(folder: string, address: string): [string, readonly string[]] {
  const args = ['index', folder, '--root', 'tortured', '--lease', '2', '--threads', '1', '--to', address];
  return [process.execPath, [inProject('dist/cli.cjs'), ...args]];
}

function cacheIn(base: string, name: string): NodeJS.ProcessEnv {
  return { ...process.env, XDG_CACHE_HOME: join(base, `cache-${name}`) };
}

function recording(number: number): Buffer {
  const random = randomOf(number, 'recording');
  let state = 0;
  return npyFile([
    Float32Array.from(
      { length: steps },
      (_, i) => (state = 0.9 * state + random.normal()) + Math.sin(i / (5 + (number % 40))),
    ),
  ]);
}

async function rowsOf(server: OwnServer, database: string): Promise<readonly string[]> {
  const text = `SELECT r.path, s.layout, s.steps, md5(e.bytes) FROM kindred.recordings r
    JOIN kindred.sequences s USING (content, number) JOIN kindred.embeddings e USING (content, number)`;
  return (await server.psql(text, database)).split('\n').filter((line) => line !== '');
}
