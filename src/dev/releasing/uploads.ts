import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { problemsOfPackage } from '../packaging/checks';
import { packageName } from '../packaging/packaging';
import { targets } from '../packaging/targets';

/** Where packages are published, with the program for it, and the variable that it takes its key from. */
export const marketplaces = [
  { name: 'VS Code Marketplace', program: 'node_modules/@vscode/vsce/vsce', key: 'VSCE_PAT' },
  { name: 'Open VSX', program: '.github/publishing/node_modules/ovsx/bin/ovsx', key: 'OVSX_PAT' },
] as const;

export type Marketplace = (typeof marketplaces)[number];

interface PackageFile {
  readonly path: string;
  readonly megabytes: number;
  readonly sha256: string;
}

/** One package on its way to one marketplace. */
export interface Upload extends PackageFile {
  readonly marketplace: Marketplace;
  /** Of the program. What is there already is left alone, so that a release that was cut off can be repeated. */
  readonly args: readonly string[];
}

/**
 * What is to be uploaded of the packages in a folder: each target, to each marketplace.
 * @throws Error with everything that is missing or wrong, before anything is uploaded
 */
export async function uploadsFrom(folder: string): Promise<readonly Upload[]> {
  const problems: string[] = [];
  const packages: PackageFile[] = [];
  for (const target of targets) {
    const path = join(folder, packageName(target));
    if (existsSync(path)) {
      for (const problem of await problemsOfPackage(path, target)) problems.push(`${basename(path)}: ${problem}`);
      packages.push(await described(path));
    } else {
      problems.push(`${basename(path)} is missing.`);
    }
  }
  if (problems.length > 0) throw new Error(`The packages in ${folder} cannot be published.\n${problems.join('\n')}`);
  return marketplaces.flatMap((marketplace) =>
    packages.map((of) => ({
      ...of,
      marketplace,
      args: ['publish', '--skip-duplicate', '--packagePath', of.path],
    })),
  );
}

async function described(path: string): Promise<PackageFile> {
  const bytes = await readFile(path);
  return { path, megabytes: bytes.length / 2 ** 20, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** An upload in a line. */
export function lineOf({ marketplace, path, megabytes, sha256 }: Upload): string {
  return `${marketplace.name}: ${basename(path)} (${megabytes.toFixed(1)} MB, sha256 ${sha256})`;
}
