import * as v from 'valibot';
import { version as kindredVersion } from '../../../package.json';
import { RequestError } from '../requestError';
import { shownAddress } from './address';
import type { Asking, TeamConnection } from './connection';
import { aloneInSchema } from './migrationLock';
import { grantRights, makeRoles, migrations, schemaVersion } from './schema';
import { quoted } from './teamErrors';
import { makeVectors, vectorsOf, type Vectors } from './vectors';

/** What was found of a team's index. */
export interface TeamState {
  /** Tells this index from all others. */
  readonly id: string;
  readonly server: string;
  /** What pgvector offers, or `null` without it. */
  readonly vectors: Vectors | null;
  readonly mayWrite: boolean;
  /** What is missing, in sentences, with the SQL that mends it. */
  readonly advice: readonly string[];
}

const oldestServer = 140_000;

const facts = v.object({
  number: v.pipe(v.string(), v.transform(Number), v.integer()),
  server: v.string(),
  version: v.nullable(v.number()),
  readable: v.boolean(),
  creates: v.boolean(),
  roles: v.number(),
});

/**
 * Checks server, rights and tables, and brings tables of an older release up to date; makes them where there are none yet
 * and `make` is asked for.
 * @throws RequestError for what stands in the way, with the SQL that mends it
 */
export async function setUpTeam(connection: TeamConnection, make: boolean): Promise<TeamState> {
  const { address } = connection;
  const found = await lookAt(connection);
  if (found.number < oldestServer) {
    throw new RequestError(`The server is PostgreSQL ${found.server}. A team's index needs PostgreSQL 14 or later.`);
  }
  if (found.version === null && !make) {
    throw new RequestError(
      `There is no index of a team in ${shownAddress(address)} yet. The first "kindred index FOLDER --to ADDRESS" makes it.`,
    );
  }
  if ((found.version ?? 0) > schemaVersion) {
    throw new RequestError(
      `The index in ${shownAddress(address)} has version ${found.version}, and this release of Kindred knows versions up to ` +
        `${schemaVersion}. Install a newer release; nothing was changed.`,
    );
  }
  if ((found.version ?? 0) < schemaVersion) await migrate(connection, found);
  if (make) await makeVectors(connection);
  return stateOf(connection, found.server);
}

async function lookAt(asking: Asking): Promise<v.InferOutput<typeof facts>> {
  const [row] = await asking.rows({
    text: `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS server,
      to_regclass('kindred.versions') IS NOT NULL AS there,
      has_database_privilege(current_database(), 'CREATE') AS creates,
      coalesce(has_schema_privilege(to_regnamespace('kindred'), 'USAGE'), true) AS readable,
      (SELECT count(*)::int FROM pg_roles WHERE rolname IN ('kindred_readers', 'kindred_writers')) AS roles`,
  });
  const readable = row?.['readable'] === true;
  const version = row?.['there'] === true && readable ? await versionOf(asking) : null;
  return v.parse(facts, { ...row, version });
}

async function versionOf(asking: Asking): Promise<number> {
  const [row] = await asking.rows({ text: 'SELECT coalesce(max(version), 0) AS version FROM kindred.versions' });
  return v.parse(v.object({ version: v.number() }), row).version;
}

async function migrate(connection: TeamConnection, { creates, readable }: v.InferOutput<typeof facts>): Promise<void> {
  const { user, database } = connection.address;
  if (!readable) {
    throw new RequestError(
      `The user "${user}" may not read the team's index. An administrator allows it with: ` +
        `GRANT kindred_readers TO ${quoted(user)};`,
    );
  }
  if (!creates) {
    throw new RequestError(
      `The user "${user}" may not make tables in ${shownAddress(connection.address)}. An administrator allows it with: ` +
        `GRANT CREATE ON DATABASE ${quoted(database)} TO ${quoted(user)};`,
    );
  }
  await aloneInSchema(connection, async (asking) => {
    await asking.rows({ text: 'BEGIN' });
    // Another machine may have done it meanwhile.
    const [row] = await asking.rows({ text: `SELECT to_regclass('kindred.versions') IS NOT NULL AS there` });
    const from = row?.['there'] === true ? await versionOf(asking) : 0;
    for (const [i, text] of migrations.entries()) {
      if (i < from) continue;
      await asking.rows({ text });
      const values = [i + 1, kindredVersion];
      await asking.rows({ text: 'INSERT INTO kindred.versions (version, kindred) VALUES ($1, $2)', values });
    }
    await asking.rows({ text: makeRoles });
    await asking.rows({ text: grantRights });
    await asking.rows({ text: 'COMMIT' });
  });
}

const rights = v.object({ id: v.string(), writes: v.boolean(), roles: v.number() });

async function stateOf(connection: TeamConnection, server: string): Promise<TeamState> {
  const [row] = await connection.rows({
    text: `SELECT (SELECT id::text FROM kindred.identity) AS id,
      has_table_privilege('kindred.embeddings', 'INSERT') AND has_sequence_privilege('kindred.change', 'USAGE') AS writes,
      (SELECT count(*)::int FROM pg_roles WHERE rolname IN ('kindred_readers', 'kindred_writers')) AS roles`,
  });
  const { id, writes, roles } = v.parse(rights, row);
  const { vectors, advice } = await vectorsOf(connection);
  const aboutRoles =
    roles === 2
      ? []
      : [
          'The roles kindred_readers and kindred_writers are not there. An administrator makes them with: ' +
            `CREATE ROLE kindred_readers; CREATE ROLE kindred_writers; and then:${grantRights.replace(/\s+/g, ' ')};`,
        ];
  return { id, server, vectors, mayWrite: writes, advice: [...aboutRoles, ...advice] };
}
