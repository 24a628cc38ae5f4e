import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { TeamAddress } from './address';
import { explainTeamError } from './teamErrors';
import { rowsOfCopy, type ColumnKind, type Row } from './tuples';

/** What is asked of the server. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

export type { Row } from './tuples';

/** Whoever runs statements: the connections of a team's index, or one of them within a transaction. */
export interface Asking {
  /** @throws RequestError, TeamAwayError, and DatabaseError for what is a bug */
  rows(statement: Statement): Promise<readonly Row[]>;
}

/** One connection, of which nobody else makes use meanwhile. */
export interface Connected extends Asking {
  /**
   * The rows of a query in lists of about so many, with bytes as they are. The query holds no values: COPY takes none.
   * @throws as `rows`
   */
  copy(
    query: string,
    columns: Readonly<Record<string, ColumnKind>>,
    atOnce: number,
  ): AsyncGenerator<readonly Row[], void>;
}

const connectMilliseconds = 10_000;

/** A server that says nothing for so long is taken for gone. */
const answerMilliseconds = 120_000;

/** Connections to a team's index, which are opened when they are needed. */
export class TeamConnection implements Asking {
  private readonly pool: pg.Pool;

  /** @param most connections at once */
  constructor(
    readonly address: TeamAddress,
    most = 4,
  ) {
    const { host, port, database, user, password, tls } = address;
    this.pool = new pg.Pool({
      ...{ host, port, database, user, ssl: tls },
      ...(password === undefined ? {} : { password }),
      max: most,
      application_name: 'kindred',
      connectionTimeoutMillis: connectMilliseconds,
      keepAlive: true,
      // A writer that hangs must not keep others waiting for its locks.
      idle_in_transaction_session_timeout: 60_000,
      allowExitOnIdle: true,
    });
    // A connection that breaks while nobody uses it is replaced; who uses one is told by its statement.
    this.pool.on('error', () => undefined);
  }

  async rows(statement: Statement): Promise<readonly Row[]> {
    return this.explained(async () => rowsOf(await this.pool.query(configOf(statement))));
  }

  /** Runs statements on one connection, between BEGIN with these words and COMMIT; rolls back when the work throws. */
  async transaction<T>(work: (asking: Connected) => Promise<T>, words = ''): Promise<T> {
    return this.alone(async (asking) => {
      await asking.rows({ text: `BEGIN ${words}` });
      try {
        const result = await work(asking);
        await asking.rows({ text: 'COMMIT' });
        return result;
      } catch (error) {
        // Where the connection broke, the server has rolled back by itself.
        await asking.rows({ text: 'ROLLBACK' }).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Runs statements on one connection, which nobody else uses meanwhile. */
  async alone<T>(work: (asking: Connected) => Promise<T>): Promise<T> {
    const client = await this.explained(() => this.pool.connect());
    let failure: Error | undefined;
    const broke = (error: Error) => {
      failure = error;
    };
    client.on('error', broke);
    try {
      return await work({
        rows: (statement) => this.explained(async () => rowsOf(await client.query(configOf(statement)))),
        copy: (query, columns, atOnce) => this.copied(client, query, columns, atOnce),
      });
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      client.off('error', broke);
      // What failed is not used again: it may be in any state.
      client.release(failure);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async *copied(
    client: pg.PoolClient,
    query: string,
    columns: Readonly<Record<string, ColumnKind>>,
    atOnce: number,
  ): AsyncGenerator<readonly Row[], void> {
    const pieces = client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`));
    try {
      yield* rowsOfCopy(pieces, columns, atOnce);
    } catch (error) {
      throw explainTeamError(error, this.address);
    }
  }

  private async explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainTeamError(error, this.address);
    }
  }
}

/** Not for all of a connection: a COPY would keep the process until then. */
function configOf({ text, values = [] }: Statement): pg.QueryConfig & { readonly query_timeout: number } {
  return { text, values: [...values], query_timeout: answerMilliseconds };
}

/** Of several statements the rows of the last. */
function rowsOf(result: pg.QueryResult<Row> | readonly pg.QueryResult<Row>[]): readonly Row[] {
  return 'rows' in result ? result.rows : (result.at(-1)?.rows ?? []);
}
