import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { EncoderError, readEncoder, type EncoderFile } from '../encoder/description';
import { checkModel } from '../encoder/onnx/checkModel';
import { readBounded, RefusedFileError } from '../files/readBounded';
import { writeWhole } from '../files/writeWhole';
import { allFoldersIn, named, removeUnfinished, unfinishedIn, unfinishedPrefix } from './unfinished';
import { encoderCard, type EncoderCard, type EncoderEntry, type EncoderPlace, type EncoderPlaces } from './card';

const parts = ['encoder.onnx', 'encoder.json', 'card.json'] as const;
const mostCardBytes = 2 ** 20;

/** Every encoder of the workspace, the bundled one first; one that is damaged says so. */
export async function listEncoders(places: EncoderPlaces): Promise<readonly EncoderEntry[]> {
  const folders: (readonly [EncoderPlace, string])[] = [['bundled', places.bundled]];
  const kept: (readonly [EncoderPlace, string])[] = [
    ['storage', places.storage],
    ...places.shared.map((folder) => ['shared', folder] as const),
  ];
  for (const [place, parent] of kept)
    for (const name of await foldersIn(parent)) folders.push([place, join(parent, name)]);
  return Promise.all(folders.map(([place, folder]) => entryOf(place, folder)));
}

/**
 * Copies an encoder from a folder into the workspace's storage, once it is known to be harmless and to work.
 * @param tryOut checks and runs the encoder in a folder
 * @throws EncoderError
 */
export async function importEncoder(
  from: string,
  places: EncoderPlaces,
  tryOut: (folder: string) => Promise<void>,
): Promise<EncoderEntry> {
  const source = basename(from) === 'encoder.onnx' ? dirname(from) : from;
  await tryOut(source);
  const file = await readEncoder(source);
  const card = (await readCard(source)) ?? cardOf(file);
  const known = (await listEncoders(places)).find(
    ({ sha256, problem }) => sha256 === file.description.sha256 && problem === null,
  );
  if (known !== undefined) throw new EncoderError(`This encoder is here already, as “${known.card.name}”.`);
  const folder = await keep(source, places.storage, card);
  return entryOf('storage', folder);
}

/** Copies an encoder's files into a new folder below `parent`, which is there as a whole or not at all. @returns the folder */
export async function keep(source: string, parent: string, card: EncoderCard): Promise<string> {
  await removeUnfinished(parent);
  const unfinished = unfinishedIn(parent);
  try {
    for (const name of ['encoder.onnx', 'encoder.json'])
      await writeWhole(join(unfinished, name), await readFile(join(source, name)));
    await writeCard(unfinished, card);
    return await named(unfinished, parent, card.name);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** Copies an encoder out of the workspace. @throws EncoderError when something is there already */
export async function exportEncoder(places: EncoderPlaces, folder: string, to: string): Promise<void> {
  const entry = await known(places, folder);
  await mkdir(to, { recursive: true });
  const taken = (await readdir(to)).find((name) => (parts as readonly string[]).includes(name));
  if (taken !== undefined) throw new EncoderError(`${to} already holds ${taken}: choose another folder.`);
  for (const name of ['encoder.onnx', 'encoder.json']) await cp(join(folder, name), join(to, name));
  await writeCard(to, entry.card);
}

/** @throws EncoderError for the bundled encoder and one that is not of this workspace */
export async function renameEncoder(places: EncoderPlaces, folder: string, name: string): Promise<EncoderEntry> {
  const entry = await changeable(places, folder);
  await writeCard(folder, { ...entry.card, name });
  return entryOf(entry.place, folder);
}

/** @throws EncoderError for the bundled encoder and one that is not of this workspace */
export async function removeEncoder(places: EncoderPlaces, folder: string): Promise<void> {
  await changeable(places, folder);
  // Whoever looks meanwhile, or after this was cut off, sees none rather than half of one.
  const unfinished = unfinishedIn(dirname(folder));
  await rename(folder, unfinished);
  await rm(unfinished, { recursive: true });
}

async function known(places: EncoderPlaces, folder: string): Promise<EncoderEntry> {
  const entry = (await listEncoders(places)).find((candidate) => candidate.folder === folder);
  if (entry === undefined) throw new EncoderError('This encoder is not there any more.');
  return entry;
}

async function changeable(places: EncoderPlaces, folder: string): Promise<EncoderEntry> {
  const entry = await known(places, folder);
  if (entry.place === 'bundled') throw new EncoderError('The bundled encoder cannot be changed.');
  return entry;
}

async function entryOf(place: EncoderPlace, folder: string): Promise<EncoderEntry> {
  try {
    const file = await readEncoder(folder);
    checkModel(file.model, file.description);
    const card =
      place === 'bundled' ? { ...cardOf(file), name: 'Bundled encoder' } : ((await readCard(folder)) ?? cardOf(file));
    return { folder, place, sha256: file.description.sha256, card, problem: null };
  } catch (error) {
    if (!(error instanceof EncoderError)) throw error;
    const card = (await readCard(folder).catch(() => null)) ?? emptyCard(basename(folder));
    return { folder, place, sha256: '', card, problem: error.message };
  }
}

function cardOf({ description: { name, training } }: EncoderFile): EncoderCard {
  return { ...emptyCard(name), base: training.slice(0, 4096) };
}

function emptyCard(name: string): EncoderCard {
  return { name, created: '', base: '', source: null, labels: [], sequences: 0, heldOut: 0, figures: null };
}

/** @returns `null` without a card @throws EncoderError for one that is damaged */
async function readCard(folder: string): Promise<EncoderCard | null> {
  const path = join(folder, 'card.json');
  try {
    const content = await readBounded(path, mostCardBytes);
    return content === null ? null : v.parse(encoderCard, JSON.parse(content.toString('utf8')));
  } catch (error) {
    if (error instanceof RefusedFileError) {
      throw new EncoderError(`The encoder in ${folder} is refused, because of its card.json: ${error.message}.`, {
        cause: error,
      });
    }
    throw new EncoderError(`The card of the encoder in ${folder} is damaged.`, { cause: error });
  }
}

async function writeCard(folder: string, card: EncoderCard): Promise<void> {
  await writeWhole(join(folder, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
}

/** Encoders below a folder; those that are being written or removed do not count. */
async function foldersIn(parent: string): Promise<readonly string[]> {
  return (await allFoldersIn(parent)).filter((name) => !name.startsWith(unfinishedPrefix));
}
