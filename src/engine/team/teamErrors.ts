import pg from 'pg';
import { codeOf } from '../../core/files/errorCode';
import { RequestError } from '../requestError';
import { shownAddress, type TeamAddress } from './address';

/** The server cannot be reached, or went away: what is known here can still be searched, and work can go on later. */
export class TeamAwayError extends RequestError {
  override readonly name = 'TeamAwayError' as 'RequestError';
}

const away = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOENT', 'EACCES', 'ECONNABORTED'],
  // Shut down, crashed, starting, out of connections, and connections that broke.
  ...['57P01', '57P02', '57P03', '57P05', '53300', '08000', '08003', '08006', '25P03'],
]);

const certificates: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an authority that is not known here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/**
 * An error of the client as a sentence for people. What is no fault of server, network or rights is a bug, and stays as it is.
 */
export function explainTeamError(error: unknown, address: TeamAddress): unknown {
  if (!(error instanceof Error) || error instanceof RequestError) return error;
  const text = sentenceOf(error, address);
  if (text !== null) return new RequestError(text, { cause: error });
  if (!isAway(error)) return error;
  return new TeamAwayError(
    `The team's index (${shownAddress(address)}) cannot be reached: ${reasonOf(error)}. What is on this machine still works.`,
    { cause: error },
  );
}

/** The code of an error of Node, of TLS or of the server, or nothing. */
function nameOf(error: Error): string {
  const code = codeOf(error);
  return typeof code === 'string' ? code : '';
}

function isAway(error: Error): boolean {
  return (
    away.has(nameOf(error)) ||
    /^(Connection terminated|timeout expired|Client has encountered a connection error|Client was closed|connect E)/i.test(
      error.message,
    )
  );
}

/** Without what a name or a path could hide in the message. */
function reasonOf(error: Error): string {
  return error.message.split('\n', 1)[0]?.replace(/[.\s]+$/, '') ?? error.name;
}

function sentenceOf(error: Error, address: TeamAddress): string | null {
  const server = shownAddress(address);
  const code = nameOf(error);
  const certificate = certificates[code];
  if (certificate !== undefined) {
    return (
      `The team's index (${server}) is not trusted, because ${certificate}. Nothing was sent to it. Renew the certificate, ` +
      'or name the authority that signed it with sslrootcert=FILE in the address.'
    );
  }
  if (error.message.includes('does not support SSL')) {
    return (
      `The team's index (${server}) does not offer TLS, so that others could read along. Set ssl = on in postgresql.conf, or, ` +
      'where the way to it is safe, add sslmode=disable to the address.'
    );
  }
  return error instanceof pg.DatabaseError
    ? refusalOf(error, code, server, address)
    : passwordIsMissing(error, address);
}

function passwordIsMissing({ message }: Error, { user }: TeamAddress): string | null {
  if (!/password must be a string|client password/.test(message)) return null;
  return `The server wants a password for the user "${user}", and the address has none.`;
}

function refusalOf(error: pg.DatabaseError, code: string, server: string, address: TeamAddress): string | null {
  const { user, database } = address;
  if (code === '28P01') return `The team's index (${server}) refused the password of the user "${user}".`;
  if (code.startsWith('28'))
    return `The team's index (${server}) does not let the user "${user}" in: ${reasonOf(error)}.`;
  if (code === '3D000') {
    return `The server has no database "${database}". An administrator makes it with: CREATE DATABASE ${quoted(database)};`;
  }
  if (code === '42501') {
    return (
      `The user "${user}" may not do this in the team's index (${reasonOf(error)}). An administrator allows it with: ` +
      `GRANT kindred_writers TO ${quoted(user)}; or, to search only: GRANT kindred_readers TO ${quoted(user)};`
    );
  }
  if (code === '53100') return `The disk of the team's index (${server}) is full. Nothing of what it holds is lost.`;
  if (code === '25006')
    return `The team's index (${server}) can only be read here: it is a replica. Index into its primary.`;
  return null;
}

/** A name as SQL takes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
