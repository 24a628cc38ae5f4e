import { randomUUID } from 'node:crypto';
import { findPostgres, startPostgres, type OwnServer } from '../../../../src/dev/postgres';
import { TeamConnection } from '../../../../src/engine/team/connection';
import { parseAddress } from '../../../../src/engine/team/address';

const found = await findPostgres((text) => {
  console.error(text);
});

/** Why there is no real server to test with, or `null`. */
export const obstacle = 'reason' in found ? found.reason : null;
if (obstacle !== null) console.error(`Tests of a real PostgreSQL are skipped: ${obstacle}.`);

/** A server of its own. @param options as postgresql.conf has them */
export function realServer(options: Readonly<Record<string, string>> = {}): Promise<OwnServer> {
  if (found.programs === null) throw new Error(found.reason);
  return startPostgres(found.programs, options);
}

/** A new database. @returns its name */
export async function newDatabase(server: OwnServer): Promise<string> {
  const name = `team_${randomUUID().slice(0, 8)}`;
  await server.psql(`CREATE DATABASE ${name}`);
  return name;
}

export function connectionTo(address: string): TeamConnection {
  return new TeamConnection(parseAddress(address));
}
