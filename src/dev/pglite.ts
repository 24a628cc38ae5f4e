import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** PostgreSQL as WebAssembly in this process, with pgvector, for those who have no server. */
export interface LiteServer {
  readonly address: string;
  readonly db: PGlite;
  stop(): Promise<void>;
}

/** Clients that may be connected at once: they take turns. */
const mostConnections = 20;

/** @param folder where its tables are kept; in memory without one */
export async function startPglite(folder?: string): Promise<LiteServer> {
  const extensions = { vector };
  const db = await (folder === undefined ? PGlite.create({ extensions }) : PGlite.create(folder, { extensions }));
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: mostConnections });
  await server.start();
  const [host, port] = server.getServerConn().split(':');
  return {
    db,
    address: `postgresql://postgres:postgres@${host}:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await db.close();
    },
  };
}
