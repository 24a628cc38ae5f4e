import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { defaultSettings, type EngineSettings, type IndexStatus } from '../../protocol/engine';
import { startEngine, type EngineClient } from '../engineClient';
import { patient } from '../patience';
import { inProject } from '../project';

/** How many of the nearest are compared. */
const nearest = 10;

export interface Opening {
  readonly folder: string;
  readonly storage: string;
  /** The folder of the encoder, if that is another than the bundled one. */
  readonly models?: string;
  readonly watch?: boolean;
  readonly settings?: Partial<EngineSettings>;
}

/** Has an engine open a folder. */
export function open(
  engine: EngineClient,
  { folder, storage, models = inProject('models'), watch = false, settings }: Opening,
): Promise<IndexStatus> {
  return engine.ask('open', {
    folders: [{ name: 'tortured', path: folder }],
    storage,
    models,
    settings: { ...defaultSettings, threads: 1, ...settings },
    watch,
  });
}

/** Where nothing has changed for longer than this, nothing comes any more. */
const patienceMilliseconds = patient(60_000);

/** Resolves as soon as the condition holds, now or later. @throws Error if it does not, and nothing changes any more */
export async function eventually(engine: EngineClient, holds: (status: IndexStatus) => boolean): Promise<IndexStatus> {
  let last: IndexStatus | null = null;
  for (;;) {
    const isOther = (status: IndexStatus) => !isDeepStrictEqual(status, last);
    const later = engine.until((status) => holds(status) || isOther(status));
    const now = await engine.ask('status', {});
    if (holds(now)) return now;
    const status: IndexStatus | null = last === null || isOther(now) ? now : await orNull(later);
    if (status === null) throw new Error(`what was waited for did not come: ${JSON.stringify(now)}`);
    if (holds(status)) return status;
    last = status;
  }
}

/** @returns `null` if it takes longer than can be waited for */
async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  const given = new AbortController();
  const late = wait(patienceMilliseconds, null, { signal: given.signal, ref: false }).catch(() => null);
  const first = await Promise.race([promise, late]);
  given.abort();
  return first;
}

/** What an engine gives: for each file its nearest, with their distances. */
export type Rankings = ReadonlyMap<string, unknown>;

export async function rankingsOf(engine: EngineClient): Promise<Rankings> {
  const rankings = new Map<string, unknown>();
  for (const { path } of await engine.ask('files', {})) {
    const query = { path, number: 0 };
    const { matches } = await engine.ask('search', { query, scope: 'layout', limit: nearest });
    rankings.set(
      path,
      matches.map(({ sequence, distance }) => [sequence.file, sequence.ref.number, distance]),
    );
  }
  return rankings;
}

/** How many rankings are missing or others than those of a clean index. */
export function wrongRankings(clean: Rankings, tortured: Rankings): number {
  return [...clean].filter(([path, list]) => !isDeepStrictEqual(tortured.get(path), list)).length;
}

/** Has an engine of its own finish an index. @returns how that ended, and what the index gives */
export async function finished(
  opening: Opening,
): Promise<{ readonly status: IndexStatus; readonly rankings: Rankings }> {
  const engine = startEngine();
  const ready = engine.until(({ state }) => state === 'ready');
  await open(engine, opening);
  const status = await ready;
  const rankings = await rankingsOf(engine);
  await engine.close();
  return { status, rankings };
}
