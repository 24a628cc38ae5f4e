import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { RequestError } from '../engine/requestError';
import type { TeamAddress } from '../engine/team/address';
import { cachesFolder } from './openIndex';

/** The address of the team's index: given, or in the environment, where no list of processes shows its password. */
export function teamAddress(given: string | true): string {
  const address = given === true ? process.env['KINDRED_DATABASE_URL'] : given;
  if (address === undefined || address === '') {
    throw new RequestError(
      "No address of a team's index is given. Set KINDRED_DATABASE_URL, or name it: postgresql://user@host/database.",
    );
  }
  return address;
}

/** Where this machine keeps what it knows of a team's index. */
export function teamFolder({ host, port, database, user }: TeamAddress): string {
  const key = JSON.stringify([host, port, database, user]);
  return join(cachesFolder(), `team-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`);
}
