import * as v from 'valibot';
import { plainText, quoted } from '../../recordings/formats/pcm/text';
import { PackError } from './pack';

/** What `NAME.json` says of `NAME.npz`. What else it holds (source, licence) is for people. */
const schema = v.object({
  domain: v.optional(v.nullable(v.string())),
  channels: v.optional(v.array(v.string())),
  columns: v.record(v.string(), v.unknown()),
  column_values: v.optional(
    v.record(v.string(), v.array(v.pipe(v.union([v.string(), v.number()]), v.transform(String)))),
  ),
  exclude: v.optional(v.nullable(v.string())),
});

export interface PackDescription {
  readonly domain: string | null;
  /** The names of the channels, or `null` where none are given. */
  readonly channels: readonly string[] | null;
  /** `label` is one of them. */
  readonly columns: readonly string[];
  readonly columnValues: Readonly<Record<string, readonly string[]>>;
  readonly excludeBy: string | null;
}

/** The arrays of every pack; no column may be called like one. */
export const arrayNames = ['values', 'offsets', 'scale', 'bias'] as const;

/**
 * Parses the description of a pack.
 *
 * @param path names the file in errors
 * @throws PackError when it is no JSON of the expected form, names no `label` or excludes by a column that is not there
 */
export function parseDescription(text: string, path: string): PackDescription {
  const fail = (reason: string, cause?: unknown) =>
    new PackError(`${path} does not describe a pack: ${reason}.`, { cause });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw fail('it is not JSON', error);
  }
  const result = v.safeParse(schema, json);
  if (!result.success) throw fail(plainText(v.summarize(result.issues)));
  const { domain = null, channels = null, column_values: columnValues = {} } = result.output;
  const columns = Object.keys(result.output.columns);
  if (!columns.includes('label')) throw fail('it has no column “label”');
  const reserved = arrayNames.find((name) => columns.includes(name));
  if (reserved !== undefined) throw fail(`a column cannot be called ${quoted(reserved)}`);
  const { exclude } = result.output;
  if (typeof exclude === 'string' && !columns.includes(exclude)) {
    throw fail(`“exclude” names the column ${quoted(exclude)}, which it does not have`);
  }
  return {
    domain,
    channels,
    columns,
    columnValues,
    excludeBy: exclude === undefined ? usualExclusion(columns) : exclude,
  };
}

/** The columns by which the known packs exclude items from a gallery: speech the word, ecg and walking the part, plant the run. */
const excluding = ['word', 'part', 'run'];

function usualExclusion(columns: readonly string[]): string | null {
  return excluding.find((name) => columns.includes(name)) ?? null;
}
