import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { WorkspaceFolder } from '../../protocol/engine';
import type { SequenceRef } from '../../protocol/sequences';
import { QuestionError } from '../questionError';
import { quoted } from './wording';

/**
 * The recording that an agent names, which lies in one of the folders, links followed.
 * @param file a path as the tools write it, from a folder, or an absolute one
 * @param sequence its number in the file, from 1
 * @throws QuestionError for one that is not there, or lies elsewhere
 */
export async function confined(
  folders: readonly WorkspaceFolder[],
  { file, sequence = 1 }: { readonly file: string; readonly sequence?: number | undefined },
): Promise<SequenceRef> {
  if (file.includes('\0')) throw new QuestionError('A path holds no zero bytes.');
  for (const path of candidates(folders, file)) {
    const real = await realOrNull(path);
    if (real === null) continue;
    for (const folder of folders) {
      if (isInside(path, folder.path) && isInside(real, await realpath(folder.path))) {
        return { path, number: sequence - 1 };
      }
    }
    throw new QuestionError(`${quoted(file)} is not in the folder. Only its recordings can be asked about.`);
  }
  throw new QuestionError(`There is no file ${quoted(file)} in the folder.`);
}

/** With several folders a shown path begins with the name of its own. */
function candidates(folders: readonly WorkspaceFolder[], file: string): readonly string[] {
  const named = folders
    .filter(({ name }) => folders.length > 1 && file.startsWith(`${name}/`))
    .map(({ name, path }) => resolve(path, file.slice(name.length + 1)));
  return [...named, ...folders.map(({ path }) => resolve(path, file))];
}

function isInside(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

async function realOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
