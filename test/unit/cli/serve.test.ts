import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { commandNames, type CommandAnswer } from '../../../src/protocol/commands/commands';
import { inProject } from '../../../src/dev/project';
import { recording, TestWorkspace } from '../engine/workspace';
import { runKindred } from './runKindred';

let workspace: TestWorkspace;
let caches: string;
let child: ChildProcess;
let connection: MessageConnection;

beforeEach(() => {
  workspace = new TestWorkspace();
  caches = mkdtempSync(join(tmpdir(), 'kindred-caches-'));
  workspace.write('a.csv', recording(0.1));
  workspace.write('b.csv', recording(0.1, { phase: 1 }));
  workspace.write('sub/c.csv', recording(0.9));
  workspace.write('labels.csv', 'path,label\na.csv,slow\n');
  workspace.write('broken.npy', 'no array');
  const env = { ...process.env, XDG_CACHE_HOME: caches };
  // Another folder than the one that is served: paths are taken from that.
  const args = [resolve('dist/cli.cjs'), 'serve', workspace.folder, '--stdio'];
  child = spawn(process.execPath, args, { cwd: caches, env, stdio: ['pipe', 'pipe', 'inherit'] });
  connection = createMessageConnection(new StreamMessageReader(child.stdout!), new StreamMessageWriter(child.stdin!));
  connection.listen();
});

afterEach(async () => {
  connection.dispose();
  if (child.exitCode === null) {
    child.stdin?.end();
    await once(child, 'exit');
  }
  workspace.remove();
  rmSync(caches, { recursive: true, force: true });
});

type Search = CommandAnswer<'search'>;

describe('kindred serve', () => {
  it('answers every command as --json does, by the same schema', async () => {
    const schema = JSON.parse(readFileSync(inProject('docs/answers.schema.json'), 'utf8')) as object;
    const ajv = new Ajv({ strict: false }).addSchema(schema, 'answers');
    const asked = {
      search: { file: 'a.csv', embeddings: true, like: [{ file: 'b.csv' }] },
      windows: { file: 'a.csv', from: 20, to: 120 },
      overview: {},
      export: {},
      pairs: { allLayouts: true },
      labels: {},
      inspect: { files: ['a.csv', 'broken.npy'] },
    } as const;
    for (const name of commandNames) {
      const answer: unknown = await connection.sendRequest(name, asked[name]);
      const fits = ajv.compile({ $ref: `answers#/definitions/${name}` });
      expect(fits(answer), JSON.stringify([name, fits.errors])).toBe(true);
    }
    const { stdout } = await runKindred(workspace.folder, caches, ['search', 'a.csv', '--json']);
    expect(await connection.sendRequest('search', { file: 'a.csv' })).toEqual(JSON.parse(stdout));
  });

  it('answers requests that overlap, each by itself', async () => {
    const files = ['a.csv', 'b.csv', 'sub/c.csv'];
    const answers = await Promise.all(
      files.flatMap((file) => [
        connection.sendRequest<Search>('search', { file, top: 1 }),
        connection.sendRequest<CommandAnswer<'windows'>>('windows', { file, from: 0, to: 100, top: 1 }),
      ]),
    );
    expect(answers.map(({ query }) => query.file)).toEqual(files.flatMap((file) => [file, file]));
    expect(answers.map(({ kindred }) => kindred.command)).toEqual(files.flatMap(() => ['search', 'windows']));
  });

  it('stops what is cancelled, and goes on with the rest', async () => {
    const cancelled = new CancellationTokenSource();
    const overview = connection.sendRequest('overview', {}, cancelled.token);
    const search = connection.sendRequest<Search>('search', { file: 'a.csv' });
    cancelled.cancel();
    await expect(overview).rejects.toMatchObject({ data: { kind: 'cancelled' } });
    expect((await search).rows).toHaveLength(2);
  });

  it('refuses with a kind and a reason', async () => {
    const refusals = [
      ['search', { file: 'broken.npy' }, 'unreadable', /broken\.npy cannot be used, because/],
      ['search', { file: 'a.csv', sequence: 4 }, 'refused', /no sequence number 4/],
      ['search', { file: 'a.csv', top: 'all' }, 'invalid', /“top” does not fit/],
      ['search', { file: 'a.csv', folder: '/' }, 'invalid', /“folder” does not fit/],
      ['search', ['a.csv'], 'invalid', /does not fit/],
      ['windows', { file: 'a.csv', from: 500 }, 'refused', /which has 200 time steps/],
      ['overview', { layout: 'p,q' }, 'refused', /There are: x,y/],
    ] as const;
    for (const [name, params, kind, reason] of refusals) {
      const failed: unknown = await connection.sendRequest(name, params).catch((error: unknown) => error);
      expect(failed).toMatchObject({ data: { kind, reason: expect.stringMatching(reason) as unknown } });
    }
    await expect(connection.sendRequest('rebuild', {})).rejects.toMatchObject({ code: -32601 });
  });

  it('writes files, and follows the folder', async () => {
    const written = await connection.sendRequest('export', { out: 'sub/all.npz', format: 'npz' });
    expect(written).toMatchObject({ kindred: { command: 'written' }, path: workspace.path('sub/all.npz'), rows: 6 });
    expect(existsSync(workspace.path('sub/all.npz'))).toBe(true);
    workspace.write('d.csv', recording(0.3));
    const rows = async () => (await connection.sendRequest<Search>('search', { file: 'a.csv' })).rows.length;
    await expect.poll(rows, { timeout: 50_000, interval: 50 }).toBe(3);
  });

  it('ends when its input closes, whatever it is doing', async () => {
    await connection.sendRequest('status', {});
    const overview = connection.sendRequest('overview', {}).catch((error: unknown) => error);
    child.stdin!.end();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    await overview;
  });
});
