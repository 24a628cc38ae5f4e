import { closeSync, openSync, readSync } from 'node:fs';
import { File, ready } from 'h5wasm';
import { UnreadableError } from '../../reader';
import { asUnreadable } from '../../source';
import { progress } from '../thread/serve';

/** What is used of Emscripten's file system. */
interface FileSystem {
  mkdir(path: string): void;
  unlink(path: string): void;
  createFile(parent: string, name: string, properties: object, canRead: boolean, canWrite: boolean): FileNode;
  getStream(descriptor: number): { stream_ops: Record<string, unknown> };
}

interface FileNode {
  usedBytes: number;
  stream_ops: Record<string, unknown>;
}

type Library = Awaited<ReturnType<typeof load>>;

/** An open HDF5 file. */
export interface Hdf5File {
  readonly root: File;
  readonly module: Library['module'];
}

let library: Promise<Library> | undefined;

/** Starts the HDF5 library, which is WebAssembly. */
async function load() {
  const module = await ready;
  const files = module.FS as unknown as FileSystem;
  // It prints a trace of every failure, of which the user is told in one sentence.
  const errors = files.getStream(2);
  errors.stream_ops = {
    ...errors.stream_ops,
    write: (_: unknown, _buffer: unknown, _offset: number, length: number) => length,
  };
  files.mkdir('/recordings');
  return { module, files };
}

let opened = 0;

/**
 * Opens an HDF5 file for the library, which reads what it needs from the disk and can open nothing else: links that lead
 * out of the file lead nowhere.
 * @throws UnreadableError for a file that is no HDF5 file, or a damaged one
 */
export async function withHdf5<T>(path: string, size: number, use: (file: Hdf5File) => Promise<T>): Promise<T> {
  const { module, files } = await (library ??= load());
  const descriptor = open(path);
  const name = `${++opened}.h5`;
  try {
    provide(files, name, descriptor, size);
    const root = attempt(() => new File(`/recordings/${name}`, 'r'));
    // A file that cannot be opened has a number all the same.
    if (root.file_id <= 0n) throw new UnreadableError('it is no HDF5 file, or a damaged one');
    try {
      return await use({ root, module });
    } finally {
      attempt(() => root.close());
    }
  } finally {
    files.unlink(`/recordings/${name}`);
    closeSync(descriptor);
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw asUnreadable(error);
  }
}

/** Makes the library see one file, of which every read is one of the disk. */
function provide(files: FileSystem, name: string, descriptor: number, size: number): void {
  const node = files.createFile('/recordings', name, {}, true, false);
  node.usedBytes = size;
  node.stream_ops = {
    ...node.stream_ops,
    read: (_stream: unknown, buffer: Uint8Array, offset: number, length: number, position: number) =>
      position >= size
        ? 0
        : patiently(() => readSync(descriptor, buffer, offset, Math.min(length, size - position), position)),
  };
}

/** A short call does not read more often; a loop without an end may. */
const mostReads = 1000;
let readsLeft = 0;

/** Reads for a short call: a disk may be slow. */
function patiently(read: () => number): number {
  if (readsLeft === 0) return read();
  readsLeft--;
  progress.beat();
  const bytes = read();
  progress.beat(true);
  return bytes;
}

/** Calls the library for something small, over which it can only be long if it is damaged. @throws UnreadableError */
export function attemptShortly<T>(call: () => T): T {
  return attempt(() => {
    readsLeft = mostReads;
    progress.beat(true);
    try {
      return call();
    } finally {
      readsLeft = 0;
      progress.beat();
    }
  });
}

/**
 * Calls the library, which throws errors of many kinds over damaged files: its own, those of WebAssembly, numbers.
 * @throws UnreadableError instead of them
 */
export function attempt<T>(call: () => T): T {
  progress.beat();
  try {
    return call();
  } catch (error) {
    progress.failed ||= error instanceof WebAssembly.RuntimeError;
    if (error instanceof UnreadableError) throw error;
    throw new UnreadableError('it is damaged: the HDF5 library cannot read all of it', { cause: error });
  }
}
