import { Writable } from 'node:stream';
import { resolve } from 'node:path';
import { headOf } from '../../api/head';
import { inspect } from '../../api/inspect';
import { labels } from '../../api/labels';
import { overview } from '../../api/overview';
import { search } from '../../api/search';
import { windows } from '../../api/windows';
import type { Engine } from '../../engine/engine';
import type { CommandName, CommandParams } from '../../protocol/commands/commands';
import { contentOf } from '../exportFolder';

/** The engine, with the folders that it has open, as absolute paths. */
export interface Served {
  readonly engine: Engine;
  readonly folders: readonly [string, ...string[]];
}

type Method<Name extends CommandName> = (
  served: Served,
  params: CommandParams<Name>,
  signal: AbortSignal,
) => Promise<unknown>;

/** Every command as a method. Paths that are given are taken from the first folder. */
export const methods: { readonly [Name in CommandName]: Method<Name> } = {
  search: ({ engine, folders: [first] }, params, signal) => {
    const all = <Named extends { readonly file: string }>(named: readonly Named[]) =>
      named.map((each) => inFolder(first, each));
    const { file, also, like, unlike } = params;
    const sets = { also: all(also), like: all(like), unlike: all(unlike) };
    return search(engine.ask.bind(engine), { ...params, file: resolve(first, file), ...sets }, signal);
  },
  windows: ({ engine, folders: [first] }, params, signal) => {
    const { file, files } = params;
    const among = files === undefined ? {} : { files: files.map((each) => resolve(first, each)) };
    return windows(engine.ask.bind(engine), { ...params, file: resolve(first, file), ...among }, signal);
  },
  overview: ({ engine, folders }, params, signal) => overview(engine.ask.bind(engine), folders, params, signal),
  labels: ({ engine, folders }, _, signal) => labels(engine.ask.bind(engine), folders, signal),
  inspect: ({ folders: [first] }, { files }, signal) =>
    inspect({ files: files.map((file) => resolve(first, file)) }, signal),
  export: (served, params, signal) => table(served, 'export', params, signal),
  pairs: (served, params, signal) => table(served, 'pairs', params, signal),
};

function inFolder<Named extends { readonly file: string }>(folder: string, named: Named): Named {
  return { ...named, file: resolve(folder, named.file) };
}

/** Writes a table to a file, or answers with it. */
async function table(
  { engine, folders: [first] }: Served,
  what: 'export' | 'pairs',
  { format, out, ...asked }: CommandParams<'export'> | CommandParams<'pairs'>,
  signal: AbortSignal,
): Promise<unknown> {
  const content = contentOf(what, 'layoutOf' in asked ? { layoutOf: inFolder(first, asked.layoutOf) } : asked);
  if (out !== undefined) {
    const path = resolve(first, out);
    const { rows } = await engine.ask('export', { content, format, path }, signal);
    return { ...headOf('written'), path, rows };
  }
  const pieces: Buffer[] = [];
  const memory = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      pieces.push(piece);
      done();
    },
  });
  await engine.exportTo({ content, format: 'json' }, memory, signal);
  return JSON.parse(Buffer.concat(pieces).toString()) as unknown;
}
