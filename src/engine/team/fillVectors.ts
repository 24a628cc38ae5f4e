import * as v from 'valibot';
import { coarseForm, coarseVector, vectorText } from './coarse';
import type { TeamConnection } from './connection';
import type { TeamEncoder } from './encoders';
import type { Vectors } from './vectors';
import { writeVectors } from './writing';

const embedded = v.object({
  ...{ content: v.string(), number: v.number(), scale: v.number(), channels: v.number() },
  bytes: v.instance(Uint8Array),
});

const columns = { content: 'text', number: 'int4', scale: 'int4', channels: 'int4', bytes: 'bytes' } as const;

const rowsAtOnce = 1000;

/** An index is made for what has so many rows: fewer are looked at one after the other as fast. */
const rowsForIndex = 10_000;

/**
 * Makes the coarse vectors that embeddings do not have yet, as of before pgvector was there, and an index for each layout of
 * many rows.
 */
export async function fillVectors(connection: TeamConnection, encoder: TeamEncoder, vectors: Vectors): Promise<void> {
  if (await isIncomplete(connection, encoder)) await fill(connection, encoder, vectors);
  const layouts = await connection.rows({
    text: `SELECT c.scale, s.channels FROM kindred.coarse c JOIN kindred.scales s ON s.id = c.scale WHERE c.encoder = $1
      GROUP BY 1, 2 HAVING count(*) >= ${rowsForIndex}`,
    values: [encoder.id],
  });
  for (const { scale, channels } of v.parse(v.array(v.object({ scale: v.number(), channels: v.number() })), layouts)) {
    const { dimensions } = coarseForm(encoder.form, channels);
    await connection.transaction(async (asking) => {
      await asking.rows({ text: `SET LOCAL maintenance_work_mem = '512MB'` });
      await asking.rows({ text: 'SELECT kindred.index_coarse($1, $2, $3)', values: [encoder.id, scale, dimensions] });
    });
  }
}

async function isIncomplete(connection: TeamConnection, encoder: TeamEncoder): Promise<boolean> {
  const [row] = await connection.rows({
    text: `SELECT (SELECT count(*) FROM kindred.embeddings WHERE encoder = $1) <>
      (SELECT count(*) FROM kindred.coarse WHERE encoder = $1) AS incomplete`,
    values: [encoder.id],
  });
  return row?.['incomplete'] === true;
}

async function fill(connection: TeamConnection, encoder: TeamEncoder, vectors: Vectors): Promise<void> {
  await connection.alone(async (asking) => {
    const query = `SELECT e.content, e.number, e.scale, s.channels, e.bytes
      FROM kindred.embeddings e JOIN kindred.scales s ON s.id = e.scale WHERE e.encoder = ${encoder.id}
        AND NOT EXISTS (SELECT FROM kindred.coarse c
          WHERE c.encoder = e.encoder AND c.content = e.content AND c.number = e.number)`;
    for await (const found of asking.copy(query, columns, rowsAtOnce)) {
      const rows = v.parse(v.array(embedded), found);
      const sound = rows.filter(({ bytes, channels }) => bytes.length === channels * encoder.perChannel);
      const coarse = sound.map(({ bytes, channels, ...row }) => {
        return { ...row, vector: vectorText(coarseVector(bytes, coarseForm(encoder.form, channels))) };
      });
      await writeVectors(connection, encoder.id, vectors, coarse);
    }
  });
}
