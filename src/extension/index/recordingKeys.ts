import { dirname } from 'node:path';
import type { AskEngine } from '../../protocol/engine';
import { Latest } from '../editor/latest';
import type { Situation } from './situation';

/** A set as `when` clauses take it: `resourcePath in key`. */
export type PathKey = Readonly<Record<string, true>>;

export interface RecordingKeysPort {
  readonly ask: AskEngine;
  setContext(key: 'kindred.seriesFiles' | 'kindred.recordingFolders', value: PathKey): void;
}

/** Tells menus what only a look into files tells: which `.ts` files hold series, and which folders hold recordings. */
export class RecordingKeys {
  readonly #port: RecordingKeysPort;
  readonly #asking = new Latest();
  #known = '';

  constructor(port: RecordingKeysPort) {
    this.#port = port;
  }

  /** @returns when menus know what the index holds */
  async follow(situation: Situation): Promise<void> {
    if (situation.kind !== 'open' || situation.status.state !== 'ready') return;
    const { opening, files } = situation.status.changes;
    const now = `${opening} ${files}`;
    if (now === this.#known) return;
    this.#known = now;
    await this.#asking.run(async (signal) => {
      const indexed = (await this.#port.ask('files', {}, signal)).map(({ path }) => path);
      if (signal.aborted) return;
      this.#port.setContext('kindred.seriesFiles', keyOf(indexed.filter((path) => /\.ts$/i.test(path))));
      this.#port.setContext('kindred.recordingFolders', keyOf(foldersOf(indexed)));
    });
  }
}

/** The folders that hold files, themselves or in folders of theirs. */
function foldersOf(paths: readonly string[]): Iterable<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = dirname(path); !folders.has(at) && at !== dirname(at); at = dirname(at)) folders.add(at);
  }
  return folders;
}

function keyOf(paths: Iterable<string>): PathKey {
  return Object.fromEntries(Array.from(paths, (path) => [path, true]));
}
