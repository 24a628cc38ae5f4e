import type { EmbeddedSequence } from '../../core/index/fileWorker';
import type { SurveyedSequence } from '../../core/index/store/records';
import { memoized } from '../../core/index/memoized';
import { coarseForm, coarseVector, vectorText, type CoarseForm } from './coarse';
import type { Asking, TeamConnection } from './connection';
import type { TeamEncoder } from './encoders';
import type { TeamScale } from './scales';
import { lockToWrite } from './schema';
import { layoutDigest, storable, storableOrNull } from './texts';
import type { Vectors } from './vectors';
import { columnsOf, type SeenFile } from './work';

/** A sequence with what is stored of it once for all who hold its content. */
export interface NewSequence {
  readonly surveyed: SurveyedSequence;
  readonly embedded: EmbeddedSequence;
  readonly scale: TeamScale;
  /** The rate to which it was brought, in Hz, or `null`. */
  readonly rate: number | null;
  readonly envelope: Buffer;
}

/** What a content turned out to be. */
export interface NewContent {
  readonly content: string;
  /** SHA-256 of the bytes. */
  readonly hash: string;
  readonly format: string;
  readonly siblings: number;
  /** Why it cannot be used, or `null`. */
  readonly reason: string | null;
  readonly sequences: readonly NewSequence[];
}

/** A file that was dealt with. */
export interface DoneFile {
  readonly job: number;
  readonly file: SeenFile;
  /** The key of what it holds; `null` for a file that could not be read. */
  readonly content: string | null;
  readonly reason: string | null;
  /** The other files that the recording consists of, from the root. */
  readonly companions: readonly string[];
  /** Of its sequences that can be found. */
  readonly labels: readonly { readonly number: number; readonly label: string | null }[];
  /** Set by who embedded the content. */
  readonly made: NewContent | null;
}

/** Whose rows are written, and how. */
export interface WritingParts {
  readonly connection: TeamConnection;
  readonly encoder: TeamEncoder;
  readonly root: number;
  readonly claimant: string;
  readonly vectors: Vectors | null;
}

/**
 * Writes some files in one transaction: all that is known of each, or nothing. What is there already stays as it is, so that
 * who writes the same again, or comes back after its lease has run out, changes nothing.
 */
export async function writeFiles(parts: WritingParts, files: readonly DoneFile[]): Promise<void> {
  const { connection, encoder, root } = parts;
  const made = files.flatMap((file) => file.made ?? []);
  await connection.transaction(async (asking) => {
    await asking.rows({ text: lockToWrite });
    await writeContents(asking, made);
    await writeEmbeddings(asking, parts, made);
    const contents = [...new Set(made.map(({ content }) => content))];
    await asking.rows({
      text: `INSERT INTO kindred.claims AS c (encoder, content, claimant, lease, done)
        SELECT $1, content, $2, now(), true FROM unnest($3::text[]) AS content
        ON CONFLICT (encoder, content) DO UPDATE SET done = true WHERE NOT c.done`,
      values: [encoder.id, parts.claimant, contents],
    });
    await writePlaces(asking, root, files);
    await asking.rows({ text: 'DELETE FROM kindred.work WHERE id = ANY($1)', values: [files.map(({ job }) => job)] });
  });
}

async function writeContents(asking: Asking, made: readonly NewContent[]): Promise<void> {
  const rows = made.map(({ reason, format, ...rest }) => {
    return { ...rest, format: storable(format), reason: storableOrNull(reason) };
  });
  await asking.rows({
    text: `INSERT INTO kindred.contents (content, hash, format, siblings, reason)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[]) ON CONFLICT (content) DO NOTHING`,
    values: [...columnsOf(rows, ['content', 'hash', 'format', 'siblings', 'reason'])],
  });
  const sequences = made.flatMap(({ content, sequences: all }) => {
    return all.map(({ surveyed, envelope }) => ({ content, envelope, ...rowOf(surveyed) }));
  });
  await asking.rows({
    text: `INSERT INTO kindred.sequences
        (content, number, layout, channels, name, label, steps, rate, notes, envelope)
      SELECT content, number, layout, channels::jsonb, name, label, steps, rate,
        ARRAY(SELECT jsonb_array_elements_text(notes::jsonb)), envelope
      FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::float8[],
        $9::text[], $10::bytea[])
        AS s(content, number, layout, channels, name, label, steps, rate, notes, envelope)
      ON CONFLICT (content, number) DO NOTHING`,
    values: [
      ...columnsOf(sequences, [
        ...([
          'content',
          'number',
          'layout',
          'channels',
          'name',
          'label',
          'steps',
          'rate',
          'notes',
          'envelope',
        ] as const),
      ]),
    ],
  });
}

function rowOf({ number, channels, name, label, steps, rate, notes }: SurveyedSequence) {
  return {
    number,
    layout: layoutDigest(channels.map((channel) => channel.name)),
    channels: JSON.stringify(
      channels.map((channel) => ({ name: storableOrNull(channel.name), unit: storableOrNull(channel.unit) })),
    ),
    name: storableOrNull(name),
    label: storableOrNull(label),
    steps,
    rate,
    notes: JSON.stringify(notes.map(storable)),
  };
}

async function writeEmbeddings(
  asking: Asking,
  { encoder, vectors }: WritingParts,
  made: readonly NewContent[],
): Promise<void> {
  const forms = new Map<number, CoarseForm>();
  const formOf = (channels: number) => memoized(forms, channels, () => coarseForm(encoder.form, channels));
  const rows = made.flatMap(({ content, sequences }) => {
    return sequences.map(({ embedded, scale, rate }) => ({
      ...{ content, number: embedded.number, scale: scale.id, covered: embedded.covered, rate },
      bytes: bufferOf(embedded.values),
      vector: vectors === null ? '' : vectorText(coarseVector(embedded.values, formOf(scale.channels))),
    }));
  });
  if (rows.length === 0) return;
  await asking.rows({
    text: `INSERT INTO kindred.embeddings (encoder, content, number, scale, covered, rate, bytes, change)
      SELECT $1, content, number, scale, covered, rate, bytes, nextval('kindred.change')
      FROM unnest($2::text[], $3::int[], $4::int[], $5::float8[], $6::float8[], $7::bytea[])
        AS e(content, number, scale, covered, rate, bytes)
      ON CONFLICT (encoder, content, number) DO NOTHING`,
    values: [encoder.id, ...columnsOf(rows, ['content', 'number', 'scale', 'covered', 'rate', 'bytes'])],
  });
  if (vectors !== null) await writeVectors(asking, encoder.id, vectors, rows);
}

/** @param rows whose embeddings are there */
export async function writeVectors(
  asking: Asking,
  encoder: number,
  { schema }: Vectors,
  rows: readonly {
    readonly content: string;
    readonly number: number;
    readonly scale: number;
    readonly vector: string;
  }[],
): Promise<void> {
  await asking.rows({
    text: `INSERT INTO kindred.coarse (encoder, content, number, scale, vector)
      SELECT $1, content, number, scale, vector::${schema}.halfvec
      FROM unnest($2::text[], $3::int[], $4::int[], $5::text[]) AS c(content, number, scale, vector)
      ON CONFLICT (encoder, content, number) DO NOTHING`,
    values: [encoder, ...columnsOf(rows, ['content', 'number', 'scale', 'vector'])],
  });
}

async function writePlaces(asking: Asking, root: number, files: readonly DoneFile[]): Promise<void> {
  const rows = files.map(({ file, content, reason, companions }) => {
    return { ...file, content, reason: storableOrNull(reason), companions: JSON.stringify(companions) };
  });
  await asking.rows({
    text: `INSERT INTO kindred.files (root, path, size, modified, options, content, reason, companions)
      SELECT $1, path, size, modified, options, content, reason, companions::jsonb
      FROM unnest($2::text[], $3::float8[], $4::float8[], $5::text[], $6::text[], $7::text[], $8::text[])
        AS f(path, size, modified, options, content, reason, companions)
      ON CONFLICT (root, path) DO UPDATE SET size = excluded.size, modified = excluded.modified,
        options = excluded.options, content = excluded.content, reason = excluded.reason, companions = excluded.companions`,
    values: [root, ...columnsOf(rows, ['path', 'size', 'modified', 'options', 'content', 'reason', 'companions'])],
  });
  const recordings = files.flatMap(({ file, content, labels }) => {
    return labels.map(({ number, label }) => ({ path: file.path, number, content, label: storableOrNull(label) }));
  });
  const columns = columnsOf(recordings, ['path', 'number', 'content', 'label']);
  await asking.rows({
    text: `INSERT INTO kindred.recordings AS r (root, path, number, content, label, change)
      SELECT $1, path, number, content, label, nextval('kindred.change')
      FROM unnest($2::text[], $3::int[], $4::text[], $5::text[]) AS n(path, number, content, label)
      WHERE NOT EXISTS (SELECT FROM kindred.recordings o WHERE o.root = $1 AND o.path = n.path AND o.number = n.number
        AND o.content = n.content AND o.label IS NOT DISTINCT FROM n.label)
      ON CONFLICT (root, path, number) DO UPDATE SET content = excluded.content, label = excluded.label, change = excluded.change`,
    values: [root, ...columns],
  });
  const [paths, numbers] = columns;
  // A row that is gone stays, without content, for those who follow.
  await asking.rows({
    text: `UPDATE kindred.recordings r SET content = NULL, change = nextval('kindred.change')
      WHERE r.root = $1 AND r.path = ANY($2) AND r.content IS NOT NULL
        AND NOT EXISTS (SELECT FROM unnest($3::text[], $4::int[]) AS n(path, number) WHERE n.path = r.path AND n.number = r.number)`,
    values: [root, files.map(({ file }) => file.path), paths, numbers],
  });
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
