import { readFile, readdir } from 'node:fs/promises';
import { inProject } from '../project';

/** Licences, by their SPDX names, that let anybody pass the code on with nothing but its notices. */
const permissive: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'OLDAP-2.8',
]);

/** What a package names as its licence, where that is no name of SPDX, and what was found when it was read. */
const judged: Readonly<Record<string, string>> = {
  // The statement of NIST, in the public domain, and that of HDF5, which is BSD-3-Clause.
  'h5wasm: SEE LICENSE IN LICENSE.txt': 'BSD-3-Clause',
};

/** Who holds the rights of packages under the MIT licence that carry no text, as their repositories say. */
const holders: Readonly<Record<string, string>> = {
  '@microsoft/fast-element': '(c) Microsoft Corporation. All rights reserved.',
  '@microsoft/fast-foundation': '(c) Microsoft Corporation. All rights reserved.',
  '@microsoft/fast-web-utilities': '(c) Microsoft Corporation. All rights reserved.',
  'fft.js': 'Fedor Indutny, 2017.',
  'onnxruntime-common': '(c) Microsoft Corporation',
  'onnxruntime-node': '(c) Microsoft Corporation',
  'onnxruntime-web': '(c) Microsoft Corporation',
  'pg-copy-streams': '(c) 2013 Brian M. Carlson',
  'pg-types': '(c) 2014 Brian M. Carlson',
  pgpass: '(c) 2013-2016 Hannes Hörl',
  'weak-lru-cache': '(c) 2020 Kris Zyp',
};

/** Code of others that is compiled into a package's binary, and where their texts lie in the project. */
const compiledIn: Readonly<Record<string, readonly { readonly licence: string; readonly file: string }[]>> = {
  lmdb: [
    { licence: 'OLDAP-2.8', file: 'node_modules/lmdb/dependencies/lmdb/libraries/liblmdb/COPYRIGHT' },
    { licence: 'OLDAP-2.8', file: 'node_modules/lmdb/dependencies/lmdb/libraries/liblmdb/LICENSE' },
    { licence: 'BSD-2-Clause', file: 'node_modules/lmdb/dependencies/lz4/lib/LICENSE' },
  ],
};

/** What a package asks to be kept with its code. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  /** By its SPDX name. */
  readonly licence: string;
  readonly texts: readonly string[];
}

const licenceFile = /^(licen[cs]e|notice|copying)/i;

/**
 * The licence of the package in a folder.
 * @throws Error for a package without a text, or whose licence is not one of those that let us pass its code on
 */
export async function licenceOf(folder: string): Promise<Licence> {
  const manifest = JSON.parse(await readFile(`${folder}/package.json`, 'utf8')) as Manifest;
  const { name, version } = manifest;
  const licence = named(manifest);
  if (!permissive.has(licence)) {
    throw new Error(
      `${name} ${version} is under "${licence}", which is not on the list in src/dev/packaging/licences.ts`,
    );
  }
  const files = (await readdir(folder)).filter((file) => licenceFile.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')));
  const holder = holders[name];
  if (texts.length === 0 && holder !== undefined && licence === 'MIT') texts.push(await mitText(holder));
  if (texts.length === 0) throw new Error(`${name} ${version} carries no text of its licence`);
  for (const { licence: inner, file } of compiledIn[name] ?? []) {
    if (!permissive.has(inner)) throw new Error(`${name} holds code under "${inner}"`);
    texts.push(await readFile(inProject(file), 'utf8'));
  }
  return { name, version, licence, texts: texts.map((text) => text.trim()) };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

function named({ name, license = 'no licence' }: Manifest): string {
  return judged[`${name}: ${license}`] ?? license;
}

/** The words of the licence are those of our own, for another holder. */
async function mitText(holder: string): Promise<string> {
  const own = await readFile(inProject('LICENSE'), 'utf8');
  const text = own.replace(/^Copyright .*$/m, `Copyright ${holder}`);
  if (!own.startsWith('MIT License') || text === own) throw new Error('LICENSE is not the text of the MIT licence');
  return text;
}
