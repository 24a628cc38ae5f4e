import type { Asking, TeamConnection } from './connection';
import { locks } from './schema';

/**
 * Does something that changes the schema while no other machine does. The lock is taken before any transaction: what a server
 * process knows of the schema is looked up anew only when one begins.
 */
export function aloneInSchema(connection: TeamConnection, work: (asking: Asking) => Promise<void>): Promise<void> {
  const lock = locks.migrating.join(', ');
  return connection.alone(async (asking) => {
    await asking.rows({ text: `SELECT pg_advisory_lock(${lock})` });
    // Where it throws, the connection is closed, and the lock is free.
    await work(asking);
    await asking.rows({ text: `SELECT pg_advisory_unlock(${lock})` });
  });
}
