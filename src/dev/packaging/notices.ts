import type { Metafile } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { inProject } from '../project';
import { licenceOf } from './licences';

/** By the name of a file in `dist`, the folders in the project of the packages whose code is in it. */
export type Bundled = Readonly<Record<string, readonly string[]>>;

/** Where a build leaves what `bundledBefore` reads. */
export const bundledFile = inProject('dist/bundled.json');

/** What the bundles hold, as esbuild says. */
export function bundledBy(metafiles: readonly Metafile[]): Bundled {
  const outputs = metafiles.flatMap(({ outputs }) => Object.entries(outputs));
  return Object.fromEntries(
    outputs
      .filter(([path]) => !path.endsWith('.map'))
      .map(([path, { inputs }]) => {
        // What was read and left out, because nothing uses it, is not passed on.
        const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
        return [basename(path), [...new Set(used.flatMap(([input]) => folderOf(input) ?? []))].sort()];
      }),
  );
}

/** What was bundled by the last build. */
export async function bundledBefore(): Promise<Bundled> {
  return JSON.parse(await readFile(bundledFile, 'utf8')) as Bundled;
}

/** The folder of the package that a bundled file belongs to; the innermost, where packages are nested. */
function folderOf(input: string): string | undefined {
  return /.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

/**
 * The licences of packages, which they ask to be kept with their code.
 * @param folders of the packages
 * @throws Error for a package that may not be passed on, see `licenceOf`
 */
export async function noticesOf(folders: Iterable<string>): Promise<string> {
  const licences = await Promise.all([...folders].map(licenceOf));
  const texts = new Map(
    licences.map(({ name, version, licence, texts }) => {
      const title = titleOf(name, version, licence);
      return [title, [title, '-'.repeat(title.length), ...texts].join('\n')];
    }),
  );
  const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return `${beginning}\n\n${sorted.join('\n\n')}\n`;
}

/** The line that a package's text begins with. */
export function titleOf(name: string, version: string, licence: string): string {
  return `${name} ${version} (${licence})`;
}

const beginning = `Kindred holds code of these packages. What onnxruntime itself is made of is listed at
https://github.com/microsoft/onnxruntime/blob/main/ThirdPartyNotices.txt.`;
