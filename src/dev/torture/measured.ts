import { isDeepStrictEqual } from 'node:util';
import { defaultSettings, type EngineSettings, type IndexStatus } from '../../protocol/engine';
import type { EngineClient } from '../engineClient';
import { inProject } from '../project';

/** How many of the nearest are compared. */
const nearest = 10;

export interface Opening {
  readonly folder: string;
  readonly storage: string;
  readonly watch?: boolean;
  readonly settings?: Partial<EngineSettings>;
}

/** Has an engine open a folder by the bundled encoder. */
export function open(
  engine: EngineClient,
  { folder, storage, watch = false, settings }: Opening,
): Promise<IndexStatus> {
  return engine.ask('open', {
    folders: [{ name: 'tortured', path: folder }],
    storage,
    models: inProject('models'),
    settings: { ...defaultSettings, threads: 1, ...settings },
    watch,
  });
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
