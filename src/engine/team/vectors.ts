import * as v from 'valibot';
import type { Asking, TeamConnection } from './connection';
import { aloneInSchema } from './migrationLock';
import { quoted } from './teamErrors';

/** What pgvector offers in a team's index. */
export interface Vectors {
  /** The schema that holds it, as SQL takes it. */
  readonly schema: string;
  readonly version: string;
}

const oldest = [0, 7];

const installed = v.object({
  version: v.nullable(v.string()),
  schema: v.nullable(v.string()),
  offered: v.nullable(v.string()),
  there: v.boolean(),
});

/** Whether coarse vectors are there, and what is missing if not. */
export async function vectorsOf(
  asking: Asking,
): Promise<{ readonly vectors: Vectors | null; readonly advice: readonly string[] }> {
  const { version, schema, offered, there } = await lookFor(asking);
  if (version === null || schema === null) {
    const advice =
      offered === null
        ? []
        : [
            'pgvector is installed on the server but not in this database. For tables that are too large for one machine, an ' +
              'administrator adds it with: CREATE EXTENSION vector;',
          ];
    return { vectors: null, advice };
  }
  if (!isRecent(version)) {
    const advice = `pgvector ${version} is too old for coarse vectors, which need 0.7 or later. Install a newer one and run: ALTER EXTENSION vector UPDATE;`;
    return { vectors: null, advice: [`${advice} Until then the index is searched on each machine.`] };
  }
  if (there) return { vectors: { schema: quoted(schema), version }, advice: [] };
  return {
    vectors: null,
    advice: [
      'pgvector is there, but the table of coarse vectors is not. The owner of the index makes it by the next "kindred index FOLDER --to ADDRESS".',
    ],
  };
}

/** Makes the table of coarse vectors where pgvector is there, or can be had. */
export async function makeVectors(connection: TeamConnection): Promise<void> {
  const found = await lookFor(connection);
  const owns = await connection.rows({
    text: `SELECT pg_has_role(nspowner, 'MEMBER') AS owns FROM pg_namespace WHERE nspname = 'kindred'`,
  });
  if (found.there || owns[0]?.['owns'] !== true || (found.version === null && found.offered === null)) return;
  await aloneInSchema(connection, async (asking) => {
    if (found.version === null && isRecent(found.offered ?? '')) await asking.rows({ text: addExtension });
    const { version, schema, there } = await lookFor(asking);
    if (there || version === null || schema === null || !isRecent(version)) return;
    await asking.rows({ text: tableOfVectors(quoted(schema)) });
  });
}

/** Who may not add it is told in the checks. */
const addExtension = `DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS vector;
  EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL; END $$`;

/** An index for each encoder and layout, which writers may have made though the table is not theirs. */
function tableOfVectors(schema: string): string {
  return `
  CREATE TABLE IF NOT EXISTS kindred.coarse (
    encoder int NOT NULL, content text NOT NULL, number int NOT NULL, scale int NOT NULL, vector ${schema}.halfvec NOT NULL,
    PRIMARY KEY (encoder, content, number),
    FOREIGN KEY (encoder, content, number) REFERENCES kindred.embeddings ON DELETE CASCADE);
  ALTER TABLE kindred.coarse ALTER COLUMN vector SET STORAGE MAIN;
  CREATE OR REPLACE FUNCTION kindred.index_coarse(e int, s int, dimensions int) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
    BEGIN
      PERFORM pg_advisory_xact_lock(27499, hashint4(e * 65536 + s));
      EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON kindred.coarse USING hnsw ((vector::${schema}.halfvec(%s)) ' ||
        '${schema}.halfvec_l1_ops) WITH (m = 16, ef_construction = 100) WHERE encoder = %s AND scale = %s',
        'coarse_' || e || '_' || s, dimensions, e, s);
    END $f$;
  REVOKE ALL ON FUNCTION kindred.index_coarse(int, int, int) FROM PUBLIC;
  DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kindred_readers') THEN GRANT SELECT ON kindred.coarse TO kindred_readers; END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kindred_writers') THEN
      GRANT SELECT, INSERT, UPDATE, DELETE ON kindred.coarse TO kindred_writers;
      GRANT EXECUTE ON FUNCTION kindred.index_coarse(int, int, int) TO kindred_writers;
    END IF;
  END $$`;
}

async function lookFor(asking: Asking): Promise<v.InferOutput<typeof installed>> {
  const [row] = await asking.rows({
    text: `SELECT (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS version,
      (SELECT nspname::text FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'vector') AS schema,
      (SELECT default_version FROM pg_available_extensions WHERE name = 'vector') AS offered,
      to_regclass('kindred.coarse') IS NOT NULL AS there`,
  });
  return v.parse(installed, row);
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > (oldest[0] ?? 0) || (major === oldest[0] && minor >= (oldest[1] ?? 0));
}
