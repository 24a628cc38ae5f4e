import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { channelSize, embeddingIdentity } from '../../core/encoder/blocks';
import type { EncoderDescription } from '../../core/encoder/description';
import { rowFormOf } from '../../core/ranking/rowForm';
import type { RowForm } from '../../core/ranking/gallery';
import { RequestError } from '../requestError';
import type { Asking } from './connection';
import { storable } from './texts';

/** The encoder of this machine as a team's index knows it. Those of others are never run. */
export interface TeamEncoder {
  readonly id: number;
  readonly name: string;
  /** Bytes of an embedding for each channel. */
  readonly perChannel: number;
  readonly form: RowForm;
}

const numbered = v.object({ id: v.number() });
const others = v.array(v.object({ name: v.string(), identity: v.string() }));

/**
 * Enters an encoder, unless it is there. @returns it, and what is to be said of others under its name
 */
export async function enterEncoder(
  asking: Asking,
  description: EncoderDescription,
): Promise<{ readonly encoder: TeamEncoder; readonly notes: readonly string[] }> {
  const { sha256, training, features, levels } = description;
  const name = storable(description.name);
  const card = { name, training: storable(training), features, levels };
  await asking.rows({
    text: `INSERT INTO kindred.encoders (identity, name, sha256, card) VALUES ($1, $2, $3, $4)
      ON CONFLICT (identity) DO NOTHING`,
    values: [identityOf(description), name, sha256, JSON.stringify(card)],
  });
  const encoder = await findEncoder(asking, description);
  if (encoder === null) throw new Error('an encoder was entered and is not there');
  return { encoder, notes: await namesakes(asking, description) };
}

/** The encoder as the index knows it, or `null`. */
export async function findEncoder(asking: Asking, description: EncoderDescription): Promise<TeamEncoder | null> {
  const [row] = await asking.rows({
    text: 'SELECT id FROM kindred.encoders WHERE identity = $1',
    values: [identityOf(description)],
  });
  if (row === undefined) return null;
  const { id } = v.parse(numbered, row);
  return { id, name: description.name, perChannel: channelSize(description), form: rowFormOf(description) };
}

/** As `findEncoder`. @throws RequestError that names the encoders that there are */
export async function encoderToSearchBy(asking: Asking, description: EncoderDescription): Promise<TeamEncoder> {
  const found = await findEncoder(asking, description);
  if (found !== null) return found;
  const names = v.parse(others, await asking.rows({ text: 'SELECT name, identity FROM kindred.encoders ORDER BY id' }));
  const list = names.map(({ name, identity }) => `"${storable(name)}" (${identity.slice(0, 8)})`).join(', ');
  throw new RequestError(
    `Nothing of the team's index was indexed with your encoder "${description.name}" (${identityOf(description).slice(0, 8)}). ` +
      (list === '' ? 'Nothing is in it yet.' : `It holds what these made: ${list}. Encoders of others are never run.`),
  );
}

async function namesakes(asking: Asking, description: EncoderDescription): Promise<readonly string[]> {
  const rows = await asking.rows({
    text: 'SELECT name, identity FROM kindred.encoders WHERE name = $1 AND identity <> $2 ORDER BY id',
    values: [storable(description.name), identityOf(description)],
  });
  if (rows.length === 0) return [];
  const list = v.parse(others, rows).map(({ identity }) => identity.slice(0, 8));
  return [
    `The team's index has another encoder that is called "${description.name}" as well (${list.join(', ')}; yours is ` +
      `${identityOf(description).slice(0, 8)}). What each made is kept apart, and only what yours made is compared.`,
  ];
}

function identityOf(description: EncoderDescription): string {
  return createHash('sha256').update(embeddingIdentity(description)).digest('hex');
}
