import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { randomOf, type Random } from '../../core/distributions/random';
import { Store } from '../../core/index/store/store';
import { startEngine, type EngineClient } from '../engineClient';
import { patient } from '../patience';
import { curve, writeCurves } from './curves';
import { eventually, finished, open, rankingsOf, wrongRankings } from './measured';

/** What becomes of an index whose files change at random, while it is searched and its engine begins again. */
export interface LifeFigures {
  readonly edits: number;
  readonly searches: number;
  readonly failedSearches: number;
  readonly restarts: number;
  readonly sequences: number;
  /** Sequences of a clean index that are not there, and those that only are there. */
  readonly lost: number;
  readonly wrongRankings: number;
  /** By how much the memory of an engine grew after its first edits, at most, in MB, and its open files. */
  readonly grownMegabytes: number;
  readonly grownDescriptors: number;
}

const beginning = 60;
const editsBetweenLooks = 20;
/** A process that has seen so many edits has all that it needs. */
const editsToWarmUp = 100;
const editsOfProcess = 600;

export interface LifeOptions {
  readonly seed: number;
  /** It ends with the first of both. */
  readonly edits: number;
  readonly milliseconds: number;
}

/** Edits, searches and restarts at random, and compares the index with a clean one. */
export async function liveOn({ seed, edits, milliseconds }: LifeOptions): Promise<LifeFigures> {
  const base = mkdtempSync(join(tmpdir(), 'kindred-life-'));
  const random = randomOf(seed, 'life');
  const place = { folder: join(base, 'workspace'), storage: join(base, 'storage') };
  writeCurves(place.folder, beginning, random, 200);
  const life = new Life(place.folder, random);
  let engine = await started(place);
  const end = performance.now() + milliseconds;
  let [searches, failedSearches, restarts] = [0, 0, 0];
  const grown = { megabytes: 0, descriptors: 0 };
  let warm: Footprint | null = null;
  try {
    for (let edit = 1, age = 1; edit <= edits && performance.now() < end; edit++, age++) {
      life.edit();
      searches++;
      if (!(await searchedWell(engine, random))) failedSearches++;
      if (edit % editsBetweenLooks === 0) await upToDate(engine, place.folder);
      if (age === editsToWarmUp) warm = await footprintOf(engine);
      if (age % editsBetweenLooks === 0 && warm !== null) note(grown, warm, await footprintOf(engine));
      if (age >= editsOfProcess || random.below(200) === 0) {
        await ended(engine, random);
        engine = await started(place);
        [age, warm] = [0, null];
        restarts++;
      }
    }
    await upToDate(engine, place.folder);
    const rankings = await rankingsOf(engine);
    await engine.close();
    const clean = await cleanRankings(place, join(base, 'clean'));
    const lost = [...clean.keys()].filter((path) => !rankings.has(path)).length;
    const extra = [...rankings.keys()].filter((path) => !clean.has(path)).length;
    return {
      ...{ edits: life.edits, searches, failedSearches, restarts, sequences: clean.size },
      ...{ lost: lost + extra, wrongRankings: wrongRankings(clean, rankings) },
      ...{ grownMegabytes: Math.round(grown.megabytes), grownDescriptors: grown.descriptors },
    };
  } finally {
    engine.child.kill('SIGKILL');
    rmSync(base, { recursive: true, force: true });
  }
}

/** A folder whose files change. */
class Life {
  edits = 0;
  private written = 0;

  constructor(
    private readonly folder: string,
    private readonly random: Random,
  ) {}

  edit(): void {
    this.edits++;
    const { folder, random } = this;
    const group = join(folder, `group${random.below(7)}`);
    const files = readdirSync(group).map((name) => join(group, name));
    const file = files[random.below(files.length)];
    const fresh = join(group, `new${this.written++}.csv`);
    const kind = random.below(8);
    if (file === undefined || kind < 2) writeFileSync(fresh, curve(random, 200));
    else if (kind === 2) writeFileSync(file, curve(random, 200));
    else if (kind === 3) appendFileSync(file, '0.1,0.2\n');
    else if (kind === 4) renameSync(file, fresh);
    else if (kind === 5) writeFileSync(fresh, readFileSync(file));
    else if (kind === 6) writeFileSync(file, 'x,y\nnothing,here\n');
    else rmSync(file);
  }
}

interface Place {
  readonly folder: string;
  readonly storage: string;
}

async function started(place: Place): Promise<EngineClient> {
  const engine = startEngine();
  await open(engine, { ...place, watch: true });
  await upToDate(engine, place.folder);
  return engine;
}

async function ended(engine: EngineClient, random: Random): Promise<void> {
  if (random.below(2) === 0) {
    await engine.close();
    return;
  }
  const exit = once(engine.child, 'exit');
  engine.child.kill('SIGKILL');
  await exit;
}

/** Resolves when the engine knows all the files that there are, and has no more to do. */
async function upToDate(engine: EngineClient, folder: string): Promise<void> {
  const mark = join(folder, `mark${performance.now()}.csv`);
  // A file that comes last is seen last.
  writeFileSync(mark, curve(randomOf(1, mark), 50));
  for (const isThere of [true, false]) {
    if (!isThere) rmSync(mark);
    await untilKnown(engine, mark, isThere);
  }
  await eventually(engine, ({ state }) => state === 'ready');
}

/** Resolves when a file is among those of the index, or not any more. @throws Error if that does not come */
async function untilKnown(engine: EngineClient, path: string, isThere: boolean): Promise<void> {
  const patience = AbortSignal.timeout(patient(60_000));
  for (;;) {
    const files = await engine.ask('files', {});
    const status = await engine.ask('status', {});
    if (files.some((file) => file.path === path) === isThere && status.state === 'ready') return;
    if (patience.aborted) throw new Error(`${path} did not come or go: ${JSON.stringify(status)}`);
    await wait(50);
  }
}

async function searchedWell(engine: EngineClient, random: Random): Promise<boolean> {
  const files = await engine.ask('files', {});
  const path = files[random.below(files.length)]?.path;
  if (path === undefined) return true;
  const query = { path, number: 0 };
  try {
    const { matches } = await engine.ask('search', { query, scope: 'layout', limit: 5 });
    return matches.length > 0;
  } catch (error) {
    // The file may be gone, or another, before the index knows.
    return error instanceof Error && /cannot be used, because|was not found/.test(error.message);
  }
}

interface Footprint {
  readonly megabytes: number;
  readonly descriptors: number;
}

async function footprintOf(engine: EngineClient): Promise<Footprint> {
  const { residentMegabytes, pid } = await engine.ask('diagnostics', {});
  const descriptors = process.platform === 'linux' ? readdirSync(`/proc/${pid}/fd`).length : 0;
  return { megabytes: residentMegabytes, descriptors };
}

function note(grown: { megabytes: number; descriptors: number }, warm: Footprint, now: Footprint): void {
  grown.megabytes = Math.max(grown.megabytes, now.megabytes - warm.megabytes);
  grown.descriptors = Math.max(grown.descriptors, now.descriptors - warm.descriptors);
}

/** A clean index takes the scales of layouts over: they are those of what came first. */
async function cleanRankings({ folder, storage }: Place, clean: string) {
  const ignore = { problem: () => undefined, note: () => undefined };
  const [from, to] = [Store.open(storage, ignore), Store.open(clean, ignore)];
  for (const table of ['scales', 'marks'] as const) {
    for (const key of from.keys(table)) to.put(table, key, from.get(table, key) as object);
  }
  await from.close();
  await to.close();
  return (await finished({ folder, storage: clean })).rankings;
}
