import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { RequestError } from '../requestError';

/** Where a team's index is, as an address of PostgreSQL says it. */
export interface TeamAddress {
  /** A name, a number, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Without one, PGPASSWORD and ~/.pgpass are looked at. */
  readonly password: string | undefined;
  /** `false` for a connection that nobody else can listen to, or where the address says so. */
  readonly tls: ConnectionOptions | false;
}

const known = new Set(['host', 'sslmode', 'sslrootcert', 'application_name']);

/** What an address may say about TLS, and whether a certificate is then verified. */
const modes: Readonly<Record<string, 'off' | 'verified' | 'unverified'>> = {
  disable: 'off',
  require: 'verified',
  'verify-ca': 'verified',
  'verify-full': 'verified',
  'no-verify': 'unverified',
};

/**
 * Reads `postgresql://user:password@host:port/database?sslmode=...&sslrootcert=...`. TLS is used and the certificate
 * verified, unless the server is this machine or the address says `disable` or `no-verify`.
 * @throws RequestError for anything else; the message never holds the password
 */
export function parseAddress(text: string): TeamAddress {
  const url = urlOf(text);
  const unknown = [...url.searchParams.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new RequestError(
      `The address of the team's index has the parameter "${unknown}", which is not known. ` +
        'Known are host, sslmode and sslrootcert.',
    );
  }
  const user = decoded(url.username) || process.env['PGUSER'] || '';
  const database = decoded(url.pathname.slice(1)) || process.env['PGDATABASE'] || user;
  const host = url.searchParams.get('host') ?? (decoded(url.hostname).replace(/^\[|\]$/g, '') || 'localhost');
  if (user === '' || database === '') throw malformed();
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user,
    password: url.password === '' ? undefined : decoded(url.password),
    tls: tlsOf(host, url.searchParams.get('sslmode'), url.searchParams.get('sslrootcert')),
  };
}

/** The server as it is named to people: without user and password. */
export function shownAddress({ host, port, database }: TeamAddress): string {
  return host.startsWith('/') ? `${database} at ${host}` : `${database} at ${host}:${port}`;
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) throw malformed();
  return url;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) throw malformed();
    throw error;
  }
}

function malformed(): RequestError {
  return new RequestError(
    "The address of the team's index cannot be read. It has the form " +
      'postgresql://user:password@host:5432/database; signs such as @ and / in a password are written %40 and %2F.',
  );
}

function tlsOf(host: string, mode: string | null, rootCertificate: string | null): ConnectionOptions | false {
  const chosen = mode === null ? (isHere(host) ? 'off' : 'verified') : modes[mode];
  if (chosen === undefined) {
    const names = Object.keys(modes).join(', ');
    throw new RequestError(`The address of the team's index has an sslmode that is not known. Known are ${names}.`);
  }
  if (chosen === 'off') return false;
  const ca = rootCertificate === null ? {} : { ca: certificateIn(rootCertificate) };
  // What the certificate's names are compared with.
  return { rejectUnauthorized: chosen === 'verified', host, ...ca };
}

/** Whether nobody can listen between here and the server. */
function isHere(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function certificateIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new RequestError(`The certificate ${path}, which the address of the team's index names, cannot be read.`, {
      cause: error,
    });
  }
}
