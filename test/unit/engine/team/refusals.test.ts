import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEncoder } from '../../../../src/core/encoder/completed';
import type { EncoderDescription } from '../../../../src/core/encoder/description';
import type { OwnServer } from '../../../../src/dev/postgres';
import { syntheticTeam } from '../../../../src/dev/team/synthetic';
import { enterEncoder, encoderToSearchBy } from '../../../../src/engine/team/encoders';
import { setUpTeam } from '../../../../src/engine/team/setUp';
import { TeamAwayError } from '../../../../src/engine/team/teamErrors';
import { connectionTo, newDatabase, obstacle, realServer } from './server';

describe.skipIf(obstacle !== null)('a server that refuses', () => {
  let server: OwnServer;
  let encoder: EncoderDescription;
  let port: number;
  let keys: string;

  beforeAll(async () => {
    ({ description: encoder } = await openEncoder(resolve('models')));
    keys = mkdtempSync(join(tmpdir(), 'kindred-keys-'));
    port = await freePort();
    server = await realServer({ listen_addresses: '127.0.0.1', port: String(port) });
    const data = join(server.folder, 'data');
    install('20200101000000Z', '20200102000000Z');
    writeFileSync(join(data, 'pg_hba.conf'), 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n');
    await server.psql(`ALTER SYSTEM SET ssl = on; `);
    await server.psql(`CREATE ROLE ada LOGIN PASSWORD 'right'; CREATE ROLE bob LOGIN PASSWORD 'right'`);
    await server.stop();
    await server.start();
  });

  /** Gives the server a certificate whose name is right. */
  function install(from: string, to: string): void {
    makeCertificate(keys, from, to);
    const data = join(server.folder, 'data');
    const { uid, gid } = statSync(data);
    for (const name of ['server.key', 'server.crt']) {
      copyFileSync(join(keys, name), join(data, name));
      chownSync(join(data, name), uid, gid);
      chmodSync(join(data, name), 0o600);
    }
  }

  afterAll(async () => {
    await server.remove();
    rmSync(keys, { recursive: true, force: true });
  });

  const over = (password: string, database: string, more = '') =>
    connectionTo(`postgresql://ada:${password}@127.0.0.1:${port}/${database}${more}`);

  async function refusal(connection: ReturnType<typeof connectionTo>, make = false): Promise<string> {
    try {
      const error: unknown = await setUpTeam(connection, make).then(
        () => new Error('it was not refused'),
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ name: expect.stringMatching(/^(RequestError|TeamAwayError)$/) as string });
      return (error as Error).message;
    } finally {
      await connection.close();
    }
  }

  it('says what is wrong with password, database and certificate, and never shows the password', async () => {
    const database = await newDatabase(server);
    const wrong = await refusal(over('wr0ng-secret', database));
    expect(wrong).toMatch(/refused the password of the user "ada"\.$/);
    expect(wrong).not.toContain('wr0ng-secret');
    expect(await refusal(over('right', 'nowhere'))).toMatch(/no database "nowhere".*CREATE DATABASE "nowhere";$/);
    const ca = `sslmode=require&sslrootcert=${encodeURIComponent(join(keys, 'server.crt'))}`;
    expect(await refusal(over('right', database, `?${ca}`))).toMatch(
      /not trusted, because its certificate has expired/,
    );
    expect(await refusal(over('right', database, '?sslmode=require'))).toMatch(/not trusted, because its certificate/);
    // The same with one that is valid, and known.
    install('20200101000000Z', '20990101000000Z');
    await server.psql('SELECT pg_reload_conf()');
    const trusted = over('right', database, `?${ca}`);
    const secured = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    await expect(trusted.rows({ text: secured })).resolves.toEqual([{ ssl: true }]);
    await trusted.close();
    expect(await refusal(over('right', database, '?sslmode=require'))).toMatch(/signed by nobody but itself/);
  });

  it('says which right is missing, with the SQL that gives it', async () => {
    const database = await newDatabase(server);
    expect(await refusal(over('right', database))).toMatch(/no index of a team in .* yet/);
    expect(await refusal(over('right', database), true)).toMatch(
      new RegExp(`GRANT CREATE ON DATABASE "${database}" TO "ada";$`),
    );
    const owner = connectionTo(server.address(database));
    await setUpTeam(owner, true);
    const denied = await refusal(over('right', database));
    expect(denied).toMatch(/GRANT kindred_readers TO "ada";/);
    await server.psql('GRANT kindred_readers TO ada');
    const reader = over('right', database);
    expect(await setUpTeam(reader, false)).toMatchObject({ mayWrite: false, advice: [] });
    await expect(enterEncoder(reader, encoder)).rejects.toThrow(/GRANT kindred_writers TO "ada";/);
    await server.psql('GRANT kindred_writers TO ada');
    expect(await setUpTeam(reader, false)).toMatchObject({ mayWrite: true });
    await expect(enterEncoder(reader, encoder)).resolves.toMatchObject({ notes: [] });
    await expect(reader.rows({ text: 'DELETE FROM kindred.versions' })).rejects.toThrow(/GRANT/);
    await reader.close();
    await owner.close();
  });

  it('leaves tables of a newer release alone', async () => {
    const database = await newDatabase(server);
    const owner = connectionTo(server.address(database));
    await setUpTeam(owner, true);
    await server.psql("INSERT INTO kindred.versions VALUES (99, now(), '9.9.9')", database);
    await owner.close();
    expect(await refusal(connectionTo(server.address(database)), true)).toMatch(
      /has version 99, and this release of Kindred knows versions up to \d+\. Install a newer release; nothing was changed\.$/,
    );
  });

  it('keeps encoders of one name apart, and says so', async () => {
    const database = await newDatabase(server);
    const connection = connectionTo(server.address(database));
    await syntheticTeam(connection, { ...encoder, sha256: '0'.repeat(64) });
    await expect(encoderToSearchBy(connection, encoder)).rejects.toThrow(
      /Nothing of the team's index was indexed with your encoder .* It holds what these made: .* never run\.$/,
    );
    const { notes } = await enterEncoder(connection, encoder);
    expect(notes).toEqual([expect.stringMatching(/^The team's index has another encoder that is called .* as well/)]);
    await connection.close();
  });

  it('tells a server that goes in the middle from one that refuses', async () => {
    const database = await newDatabase(server);
    const connection = connectionTo(server.address(database));
    await setUpTeam(connection, true);
    const [answered] = await Promise.allSettled([
      connection.rows({ text: 'SELECT pg_sleep(60)' }),
      server.psql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity, pg_sleep(0.1) WHERE datname = '${database}' AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()`,
      ),
    ]);
    expect(answered).toMatchObject({ status: 'rejected', reason: expect.any(TeamAwayError) as TeamAwayError });
    // The next statement has a connection of its own.
    await expect(setUpTeam(connection, false)).resolves.toMatchObject({ mayWrite: true });
    await connection.close();
  });
});

/** A self-signed certificate for 127.0.0.1. */
function makeCertificate(folder: string, from: string, to: string): void {
  const openssl = (line: string) => execFileSync('openssl', line.split(' '), { stdio: 'pipe', cwd: folder });
  openssl(
    'req -new -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1',
  );
  // `openssl x509` cannot set dates before release 3.4; `openssl ca` can.
  for (const [name, content] of [
    ['index', ''],
    ['index.attr', 'unique_subject = no\n'],
    ['serial', '01\n'],
  ] as const) {
    writeFileSync(join(folder, name), content);
  }
  const own = [
    'database=index',
    'serial=serial',
    'new_certs_dir=.',
    'default_md=sha256',
    'policy=any',
    'copy_extensions=copy',
  ];
  writeFileSync(
    join(folder, 'ca.cnf'),
    ['[ca]', 'default_ca=own', '[own]', ...own, '[any]', 'commonName=supplied', ''].join('\n'),
  );
  openssl(
    `ca -batch -config ca.cnf -selfsign -keyfile server.key -in server.csr -out server.crt -startdate ${from} -enddate ${to} -notext`,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
