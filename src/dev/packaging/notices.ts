import type { Metafile } from 'esbuild';
import { readFile, readdir } from 'node:fs/promises';
import { inProject } from '../project';

const licence = /^(licen[cs]e|notice|copying)/i;

/**
 * The licences of all packages whose code is part of the bundles, which they ask to be kept with it.
 * @throws Error for a package that names no licence at all
 */
export async function noticesOf(metafiles: readonly Metafile[]): Promise<string> {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const names = new Set(inputs.flatMap((input) => packageOf(input) ?? []));
  const notices = await Promise.all([...names].sort().map(noticeOf));
  return `Kindred's bundles hold code of these packages.\n\n${notices.join('\n\n')}\n`;
}

/** The name of the package that a bundled file belongs to; the innermost, where packages are nested. */
function packageOf(input: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

async function noticeOf(name: string): Promise<string> {
  const folder = inProject('node_modules', name);
  const manifest = JSON.parse(await readFile(`${folder}/package.json`, 'utf8')) as {
    version: string;
    license?: string;
  };
  const files = (await readdir(folder)).filter((file) => licence.test(file));
  if (files.length === 0 && manifest.license === undefined) throw new Error(`${name} names no licence`);
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')));
  const title = `${name} ${manifest.version} (${manifest.license ?? 'see below'})`;
  return [title, '-'.repeat(title.length), ...texts.map((text) => text.trim())].join('\n');
}
