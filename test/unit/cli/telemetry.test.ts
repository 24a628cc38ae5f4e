import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recording, TestWorkspace } from '../engine/workspace';

/** Runs a program without any network, with its calls of `connect` written down. */
const isolation = (trace: string) => ['unshare', '-rn', 'strace', '-f', '-qq', '-e', 'trace=connect', '-o', trace];
const canIsolate = runs(isolation('/dev/null'));

let workspace: TestWorkspace;
let home: string;

beforeAll(() => {
  workspace = new TestWorkspace();
  home = mkdtempSync(join(tmpdir(), 'kindred-home-'));
  mkdirSync(join(home, '.cache'));
  for (let n = 0; n < 4; n++) workspace.write(`r${n}.csv`, recording(0.1 * (n + 1)));
});

afterAll(() => {
  workspace.remove();
  rmSync(home, { recursive: true, force: true });
});

function runs([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, [...args, process.execPath, '-e', '0']).status === 0;
}

/** The environment of a user: a variable `CI`, or the one that is tested, would hide what is looked for. */
function userEnvironment(): NodeJS.ProcessEnv {
  const hiding = new Set(['CI', 'ORT_DISABLE_TELEMETRY']);
  const others = Object.entries(process.env).filter(([name]) => !hiding.has(name));
  return { ...Object.fromEntries(others), HOME: home, XDG_CACHE_HOME: join(home, '.cache') };
}

describe('indexing on worker threads', () => {
  it.each(['native', 'wasm'])(
    'asks for nothing outside this machine, and leaves nothing but the cache (%s)',
    (kind) => {
      rmSync(join(home, '.cache/kindred'), { recursive: true, force: true });
      const trace = join(home, 'trace');
      const command = [process.execPath, resolve('dist/cli.cjs'), 'index', workspace.folder];
      const [program = '', ...args] = canIsolate ? [...isolation(trace), ...command] : command;
      const { status, stderr } = spawnSync(program, args, {
        env: { ...userEnvironment(), KINDRED_RUNTIME: kind },
        encoding: 'utf8',
      });
      expect({ status, stderr }).toMatchObject({ status: 0 });
      const calls = existsSync(trace) ? readFileSync(trace, 'utf8').split('\n') : [];
      expect(calls.filter((call) => call.includes('AF_INET'))).toEqual([]);
      expect(readdirSync(join(home, '.cache'))).toEqual(['kindred']);
      expect(readdirSync(home).filter((name) => name !== 'trace')).toEqual(['.cache']);
    },
  );
});
