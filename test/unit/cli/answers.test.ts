import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandNames, type CommandAnswer } from '../../../src/protocol/commands/commands';
import { schemaVersion } from '../../../src/protocol/commands/recording';
import { recording, TestWorkspace } from '../engine/workspace';
import { inProject } from '../../../src/dev/project';
import { runKindred } from './runKindred';

let workspace: TestWorkspace;
let caches: string;
const schema = JSON.parse(readFileSync(inProject('docs/answers.schema.json'), 'utf8')) as object;
const ajv = new Ajv({ allErrors: true, strict: false }).addSchema(schema, 'answers');

beforeAll(() => {
  workspace = new TestWorkspace();
  caches = mkdtempSync(join(tmpdir(), 'kindred-caches-'));
  workspace.write('a.csv', recording(0.1));
  workspace.write('b.csv', recording(0.1, { phase: 1 }));
  workspace.write('it\'s "c".csv', recording(0.9));
  workspace.write('other.csv', recording(0.5).replace('x,y', 'p,q'));
  workspace.write('labels.csv', 'path,label\na.csv,slow\nb.csv,slow\nother.csv,"[  1, 2 ]\n"\n');
  workspace.write('broken.npy', 'no array');
});

afterAll(() => {
  workspace.remove();
  rmSync(caches, { recursive: true, force: true });
});

const asked: readonly (readonly [string, ...string[]])[] = [
  ['search', 'a.csv'],
  ['search', 'a.csv', '--embeddings', '--like', 'b.csv', '--unlike', 'it\'s "c".csv#1', '--weights', '1,0'],
  ['windows', 'a.csv', '--from', '20', '--to', '120'],
  ['overview', '.'],
  ['export', '.'],
  ['pairs', '.', '--all-layouts'],
  ['labels', '.'],
  ['inspect', 'a.csv', 'broken.npy'],
  ['inspect', 'a.csv'],
  ['inspect', 'broken.npy'],
];

describe('--json', () => {
  it.each(asked)('of %s fits the published schema', async (command, ...args) => {
    const { code, stdout, stderr } = await runKindred(workspace.folder, caches, [command, ...args, '--json']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const answer = JSON.parse(stdout) as CommandAnswer<'search'>;
    const fits = ajv.compile({ $ref: `answers#/definitions/${command}` });
    expect(fits(answer), JSON.stringify(fits.errors)).toBe(true);
    expect(answer.kindred).toMatchObject({ schema: schemaVersion, command });
    for (const other of commandNames) {
      if (other !== command) expect(ajv.compile({ $ref: `answers#/definitions/${other}` })(answer)).toBe(false);
    }
  });

  it('of a single file that is inspected says at the top what came of it', async () => {
    const inspect = async (file: string) => {
      const { stdout } = await runKindred(workspace.folder, caches, ['inspect', file, '--json']);
      return JSON.parse(stdout) as CommandAnswer<'inspect'>;
    };
    expect((await inspect('a.csv')).sequences).toHaveLength(1);
    expect((await inspect('broken.npy')).skipped).toMatch(/./);
  });

  it('is an answer of every command', () => {
    expect(new Set(asked.map(([command]) => command))).toEqual(new Set(commandNames));
  });

  it('has embeddings from which the distances follow', async () => {
    const args = ['search', 'a.csv', '--json', '--embeddings'];
    const { stdout } = await runKindred(workspace.folder, caches, args);
    const { rows, query_embedding: own, column_weight: weight } = JSON.parse(stdout) as CommandAnswer<'search'>;
    expect(rows).toHaveLength(2);
    for (const { distance, embedding } of rows) {
      const parts = own!.map((channel, c) =>
        channel.reduce((sum, value, k) => sum + weight![k]! * Math.abs(value - embedding![c]![k]!), 0),
      );
      expect(parts.reduce((sum, part) => sum + part, 0) / parts.length).toBeCloseTo(distance, 4);
    }
  });

  it('leaves the texts of files as they are', async () => {
    const { stdout } = await runKindred(workspace.folder, caches, ['labels', '.', '--json']);
    const { rows } = JSON.parse(stdout) as CommandAnswer<'labels'>;
    expect(rows.map(({ label, sequences }) => [label, sequences])).toEqual([
      ['slow', 2],
      ['[  1, 2 ]\n', 1],
    ]);
  });
});

describe('the options of an index', () => {
  it('take settings, a cache and an encoder, and refuse what is none', async () => {
    const kindred = (...args: string[]) => runKindred(workspace.folder, caches, args);
    const cache = join(caches, 'own');
    const excluded = await kindred('labels', '.', '--settings', '{"exclude":["other.csv"]}', '--cache', cache);
    expect(excluded.stdout).toMatch(/^2 of 3 recordings have a label\.\n/);
    expect(readdirSync(cache)).not.toEqual([]);
    expect((await kindred('labels', '.', '--settings', '{"exclude":1}')).code).toBe(2);
    expect((await kindred('labels', '.', '--settings', '{"colour":[]}')).code).toBe(2);
    const encoder = await kindred('labels', '.', '--encoder', '.');
    expect(encoder).toMatchObject({ code: 1, stdout: '' });
    expect(encoder.stderr).not.toMatch(/\n +at /);
  });
});
