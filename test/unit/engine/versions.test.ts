import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomOf } from '../../../src/core/distributions/random';
import { startEngine, type EngineClient } from '../../../src/dev/engineClient';
import { writeCurves } from '../../../src/dev/torture/curves';
import { eventually, open, rankingsOf } from '../../../src/dev/torture/measured';
import { buildOtherVersion } from '../../../src/dev/torture/otherVersion';

const count = 8;
let tools: string;
let later: string;
let base: string;
let engines: EngineClient[];

beforeAll(async () => {
  tools = mkdtempSync(join(tmpdir(), 'kindred-version-'));
  later = await buildOtherVersion(tools, 1);
});

afterAll(() => {
  rmSync(tools, { recursive: true, force: true });
});

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'kindred-versions-'));
  writeCurves(join(base, 'workspace'), count, randomOf(1, 'versions'), 100);
  engines = [];
});

afterEach(() => {
  for (const { child } of engines) child.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true });
});

/** An engine of this version, or of a later one, with the folder open. */
async function opened(version: 'this' | 'later', watch = false): Promise<EngineClient> {
  const engine = version === 'this' ? startEngine() : startEngine({}, later);
  engines.push(engine);
  await open(engine, { folder: join(base, 'workspace'), storage: join(base, 'storage'), watch });
  await eventually(engine, ({ state }) => state === 'ready');
  return engine;
}

const encodedBy = async (engine: EngineClient) => (await engine.ask('diagnostics', {})).filesEncoded;
const caches = () => readdirSync(join(base, 'storage')).filter((name) => name.startsWith('cache-'));

describe('engines of two versions in one folder', () => {
  it('each keep their own results, and give the same', async () => {
    const both = await Promise.all([opened('this'), opened('later')]);
    expect(await Promise.all(both.map(encodedBy))).toEqual([count, count]);
    const [one, other] = await Promise.all(both.map(rankingsOf));
    expect(one).toEqual(other);
    await Promise.all(both.map((engine) => engine.close()));
    expect(caches()).toHaveLength(2);
    const again = await Promise.all([opened('later'), opened('this')]);
    expect(await Promise.all(again.map(encodedBy))).toEqual([0, 0]);
    expect(await Promise.all(again.map(rankingsOf))).toEqual([one, one]);
  });

  it('do not remove what the older one uses, however long ago that folder changed, and then what nobody uses', async () => {
    const older = await opened('this', true);
    const [cache = ''] = caches();
    const folder = join(base, 'storage', cache);
    const longAgo = Date.now() / 1000 - 30 * 24 * 3600;
    utimesSync(folder, longAgo, longAgo);
    await opened('later');
    expect(existsSync(folder)).toBe(true);
    appendFileSync(join(base, 'workspace', 'group0', 'curve0.csv'), '0.1,0.2\n');
    await eventually(older, ({ state }) => state === 'ready');
    while ((await encodedBy(older)) <= count) await new Promise(setImmediate);
    await older.close();
    expect(await encodedBy(await opened('this'))).toBe(0);
    for (const engine of engines) if (engine.child.exitCode === null) await engine.close();
    utimesSync(folder, longAgo, longAgo);
    await opened('later');
    expect(caches()).not.toContain(cache);
  });
});
