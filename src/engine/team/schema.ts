/** What each version of the schema adds to the one before, in statements that PostgreSQL 14 knows. */
export const migrations: readonly string[] = [
  `
  CREATE SCHEMA IF NOT EXISTS kindred;
  CREATE TABLE kindred.versions (
    version int PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now(), kindred text NOT NULL);
  -- Tells this index from all others, so that a copy of its rows is never taken for one of another index.
  CREATE TABLE kindred.identity (id uuid PRIMARY KEY DEFAULT gen_random_uuid());
  INSERT INTO kindred.identity DEFAULT VALUES;
  -- Grows with every change, in the order of commits: see lockToWrite.
  CREATE SEQUENCE kindred.change;

  CREATE TABLE kindred.roots (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, piloted boolean NOT NULL DEFAULT false);
  CREATE TABLE kindred.encoders (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, identity text NOT NULL UNIQUE, name text NOT NULL,
    sha256 text NOT NULL, card jsonb NOT NULL);
  CREATE TABLE kindred.scales (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, layout text NOT NULL UNIQUE, channels int NOT NULL,
    centres float8[] NOT NULL, spreads float8[] NOT NULL, rates float8[] NOT NULL);

  CREATE TABLE kindred.contents (
    content text PRIMARY KEY, hash text NOT NULL, format text NOT NULL, siblings int NOT NULL, reason text);
  CREATE TABLE kindred.sequences (
    content text NOT NULL, number int NOT NULL, layout text NOT NULL, channels jsonb NOT NULL, name text, label text,
    steps float8 NOT NULL, rate float8, notes text[] NOT NULL, envelope bytea NOT NULL, PRIMARY KEY (content, number));
  CREATE TABLE kindred.recordings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, root int NOT NULL REFERENCES kindred.roots, path text NOT NULL,
    number int NOT NULL, content text, label text, change bigint NOT NULL, UNIQUE (root, path, number));
  CREATE INDEX ON kindred.recordings (change);
  CREATE INDEX ON kindred.recordings (content);
  CREATE TABLE kindred.files (
    root int NOT NULL REFERENCES kindred.roots, path text NOT NULL, size float8 NOT NULL, modified float8 NOT NULL,
    options text NOT NULL, content text, reason text, companions jsonb NOT NULL,
    PRIMARY KEY (root, path));

  -- Bytes of features do not compress, and are read in whole rows.
  CREATE TABLE kindred.embeddings (
    encoder int NOT NULL REFERENCES kindred.encoders, content text NOT NULL, number int NOT NULL,
    scale int NOT NULL REFERENCES kindred.scales, covered float8 NOT NULL, rate float8, bytes bytea NOT NULL,
    change bigint NOT NULL, PRIMARY KEY (encoder, content, number)) WITH (toast_tuple_target = 4080);
  ALTER TABLE kindred.embeddings ALTER COLUMN bytes SET STORAGE EXTERNAL;
  CREATE INDEX ON kindred.embeddings (encoder, change);

  CREATE TABLE kindred.work (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, encoder int NOT NULL REFERENCES kindred.encoders,
    root int NOT NULL REFERENCES kindred.roots, path text NOT NULL, claimant uuid, lease timestamptz,
    attempts int NOT NULL DEFAULT 0, waits boolean NOT NULL DEFAULT false, UNIQUE (encoder, root, path));
  CREATE TABLE kindred.claims (
    encoder int NOT NULL REFERENCES kindred.encoders, content text NOT NULL, claimant uuid NOT NULL,
    lease timestamptz NOT NULL, done boolean NOT NULL DEFAULT false, PRIMARY KEY (encoder, content));
  CREATE INDEX ON kindred.claims (claimant) WHERE NOT done;
  `,
];

/** The version of the schema that this release reads and writes. */
export const schemaVersion = migrations.length;

/** Makes the two roles where they are not there; who may not make roles is told in the checks. */
export const makeRoles = `
  DO $$
  DECLARE role text;
  BEGIN
    FOREACH role IN ARRAY ARRAY['kindred_readers', 'kindred_writers'] LOOP
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', role); END IF;
    END LOOP;
  EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
  END $$`;

/** Gives the roles their rights, as far as they are there. Only the owner of the tables can. */
export const grantRights = `
  DO $$
  BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kindred_readers') THEN
      GRANT USAGE ON SCHEMA kindred TO kindred_readers;
      GRANT SELECT ON ALL TABLES IN SCHEMA kindred TO kindred_readers;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kindred_writers') THEN
      GRANT USAGE ON SCHEMA kindred TO kindred_writers;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA kindred TO kindred_writers;
      REVOKE INSERT, UPDATE, DELETE ON kindred.versions, kindred.identity FROM kindred_writers;
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA kindred TO kindred_writers;
    END IF;
  END $$`;

/** The locks of the index, as `pg_advisory_lock` counts them. */
export const locks = {
  writing: [27_497, 1],
  migrating: [27_497, 2],
  pilotOf: (root: number) => [27_498, root],
} as const;

/**
 * Begins a transaction that changes rows: it takes numbers of `kindred.change` only while no other one does, so that a number
 * is never visible before a smaller one, and whoever follows the index misses nothing.
 */
export const lockToWrite = `SELECT pg_advisory_xact_lock(${locks.writing.join(', ')})`;
