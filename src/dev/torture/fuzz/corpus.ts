import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { extensionOf } from '../../../core/recordings/names';
import { supportedExtensions } from '../../../core/recordings/registry';
import { inProject } from '../../project';

/** A file of the corpus, and the recording that it is, or is a part of. */
export interface Seed {
  readonly folder: string;
  /** What is changed. */
  readonly name: string;
  /** What is read then: the file itself, or the header that names it. */
  readonly read: string;
  /** The other files that are to lie beside it. */
  readonly beside: readonly string[];
  readonly bytes: Buffer;
}

/** Bigger files would take the time of many cases. */
const mostBytes = 256 * 1024;

/** The extensions of headers, and of the files that they name. */
const parts: Readonly<Record<string, readonly string[]>> = {
  '.hea': ['.dat', '.mat'],
  '.vhdr': ['.eeg', '.vmrk'],
};

/** Recordings that were found to break something, or lie beside the project, are part of it as well. */
export function corpusFolders(): readonly string[] {
  const real = ['../shared/recordings', '../../shared/recordings'].map((path) => inProject(path));
  return [...foldersBelow(inProject('test/fixtures')), ...real.filter(existsSync).slice(0, 1)];
}

/** Every recording of some folders, and every part of one, in a stable order. */
export function corpusOf(folders: readonly string[]): readonly Seed[] {
  return folders.flatMap((folder) => {
    const names = readdirSync(folder)
      .filter((name) => isSmallFile(join(folder, name)))
      .sort();
    return names.flatMap((name) => seedsOf(folder, name, names));
  });
}

function seedsOf(folder: string, name: string, names: readonly string[]): Seed[] {
  if (!supportedExtensions.has(extensionOf(name))) return [];
  const others = partsOf(name, names);
  const bytes = (file: string) => readFileSync(join(folder, file));
  const own = { folder, name, read: name, beside: others, bytes: bytes(name) };
  const beside = (part: string) => [name, ...others.filter((other) => other !== part)];
  return [own, ...others.map((part) => ({ folder, name: part, read: name, beside: beside(part), bytes: bytes(part) }))];
}

function partsOf(header: string, names: readonly string[]): readonly string[] {
  const extensions = parts[extensionOf(header)] ?? [];
  const stem = basename(header, extensionOf(header));
  return names.filter((name) => extensions.includes(extensionOf(name)) && name.startsWith(stem));
}

/** A file over which a library never ends, which its thread notices after seconds. */
const endless = 'endless.h5';

function isSmallFile(path: string): boolean {
  if (basename(path) === endless) return false;
  const stats = statSync(path);
  return stats.isFile() && stats.size > 0 && stats.size <= mostBytes;
}

function foldersBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...entries.flatMap(({ name }) => foldersBelow(join(folder, name)))];
}
