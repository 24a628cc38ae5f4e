import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UnreadableError } from '../../recordings/reader';
import { quoted } from '../../recordings/formats/pcm/text';
import { asUnreadable } from '../../recordings/source';
import { withArrays, type PackArrays } from './arrays';
import { parseDescription, type PackDescription } from './description';
import { PackError, checkLabels, codeIn, type Pack } from './pack';

/** Where the description of the pack in an `.npz` file lies. */
export function descriptionPath(npzPath: string): string {
  return npzPath.replace(/\.npz$/i, '.json');
}

/**
 * Reads a pack: `NAME.npz` with the arrays `values` [sum T, C], `offsets` [N + 1], `scale` and `bias` [N, C] (a sample is
 * value * scale + bias) and one column [N] of codes for each of `columns` in `NAME.json`. A set of the UCR archive is
 * called `ucr/NAME`.
 *
 * The JSON may name in `exclude` the column that keeps items out of a query's gallery (`null` for none). Without that
 * key it is the column `word`, `part` or `run`, the first of them that the pack has.
 *
 * @throws PackError for a pack that is damaged, not complete or not fit for comparisons
 */
export async function readPack(npzPath: string): Promise<Pack> {
  const description = parseDescription(await readText(descriptionPath(npzPath)), descriptionPath(npzPath));
  try {
    const { channels, sequences } = await withArrays(npzPath, (arrays) => readSequences(arrays, description));
    checkLabels(
      npzPath,
      sequences.map(({ label }) => label),
    );
    const { domain, columnValues, excludeBy } = description;
    const name = `${domain === 'ucr' ? 'ucr/' : ''}${basename(npzPath).replace(/\.npz$/i, '')}`;
    return { name, domain, channels, sequences, columnValues, excludeBy };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    throw new PackError(`${npzPath} cannot be used: ${error.message}.`, { cause: error });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const unreadable = asUnreadable(error);
    if (!(unreadable instanceof UnreadableError)) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = missing ? 'it does not exist' : unreadable.message;
    throw new PackError(`The description of a pack, ${path}, cannot be read: ${reason}.`, { cause: error });
  }
}

async function readSequences(
  arrays: PackArrays,
  description: PackDescription,
): Promise<Pick<Pack, 'channels' | 'sequences'>> {
  const offsets = await arrays.vector('offsets');
  const count = offsets.length - 1;
  if (count < 1) throw new UnreadableError('it holds no sequences');
  const columns = await readColumns(arrays, description, count);
  const channels = await arrays.channels('values');
  checkShape(offsets, channels, description);
  const scale = await arrays.matrix('scale', count, channels.length);
  const bias = await arrays.matrix('bias', count, channels.length);
  const sequences = Array.from({ length: count }, (_, n) => {
    const own = channels.map((values, c) => {
      const i = n * channels.length + c;
      return scaled(values.subarray(offsets[n], offsets[n + 1]), scale[i]!, bias[i]!, n);
    });
    const codes = Object.fromEntries(columns.map(([name, values]) => [name, values[n]!]));
    return { channels: own, label: codeIn({ columns: codes }, 'label'), columns: codes };
  });
  return { channels: channels.length, sequences };
}

function checkShape(offsets: Float64Array, channels: readonly Float32Array[], description: PackDescription): void {
  const steps = channels[0]?.length ?? 0;
  const end = offsets[offsets.length - 1]!;
  if (offsets[0] !== 0 || end !== steps) {
    throw new UnreadableError(`its offsets run from ${offsets[0]!} to ${end}, and its values from 0 to ${steps}`);
  }
  const bad = offsets.findIndex((offset, n) => !Number.isInteger(offset) || (n > 0 && offset <= offsets[n - 1]!));
  if (bad >= 0) throw new UnreadableError(`its sequence ${bad - 1} holds no samples`);
  const named = description.channels?.length ?? channels.length;
  if (named !== channels.length) {
    throw new UnreadableError(`it has ${channels.length} channels, and its description names ${named}`);
  }
}

async function readColumns(
  arrays: PackArrays,
  { columns, columnValues }: PackDescription,
  count: number,
): Promise<[name: string, codes: Float64Array][]> {
  const values = new Map(Object.entries(columnValues));
  const read: [string, Float64Array][] = [];
  for (const name of columns) {
    const codes = await arrays.vector(name);
    if (codes.length !== count) {
      throw new UnreadableError(`its column ${quoted(name)} has ${codes.length} values for ${count} sequences`);
    }
    const known = values.get(name)?.length ?? Infinity;
    const bad = codes.find(
      (code) => !Number.isInteger(code) || code >= known || code < (known === Infinity ? -Infinity : 0),
    );
    if (bad !== undefined)
      throw new UnreadableError(`its column ${quoted(name)} holds ${bad}, which is no code of a value`);
    read.push([name, codes]);
  }
  return read;
}

/** Turns stored values into samples, in place. */
function scaled(values: Float32Array, scale: number, bias: number, sequence: number): Float32Array {
  for (let i = 0; i < values.length; i++) {
    values[i] = values[i]! * scale + bias;
    if (!Number.isFinite(values[i]))
      throw new UnreadableError(`its sequence ${sequence} holds a sample that is no number`);
  }
  return values;
}
