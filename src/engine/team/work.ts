import * as v from 'valibot';
import type { Asking } from './connection';

/** A file of a root as it was looked at. */
export interface SeenFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  /** With its companions. */
  readonly size: number;
  /** The latest of them. */
  readonly modified: number;
  /** Stands for how it is read. */
  readonly options: string;
}

/** A file that this process is to bring up to date. */
export interface Job {
  readonly id: number;
  readonly path: string;
  /** How often it was claimed, this time included. */
  readonly attempts: number;
}

/** How much of a root is still to be done. */
export interface Left {
  readonly all: number;
  /** Files that wait for the scale of a layout, until all others are done. */
  readonly waiting: number;
  /** Those that others work on. */
  readonly leased: number;
}

const job = v.object({ id: v.number(), path: v.string(), attempts: v.number() });
const counts = v.object({ all: v.number(), waiting: v.number(), leased: v.number() });

/**
 * The files of a root that are to be brought up to date for an encoder, shared by all machines that index it. Who claims some
 * holds them for the time of a lease and renews it; those of a process that died are free again when it runs out.
 */
export class Work {
  constructor(
    private readonly asking: Asking,
    private readonly encoder: number,
    private readonly root: number,
    /** A UUID of this process. */
    readonly claimant: string,
    private readonly leaseSeconds: number,
  ) {}

  /** Enters those of some files that are not up to date; what is entered already stays as it is. @returns how many were new */
  async enter(files: readonly SeenFile[]): Promise<number> {
    const rows = await this.asking.rows({
      text: `INSERT INTO kindred.work (encoder, root, path)
        SELECT $1, $2, f.path FROM unnest($3::text[], $4::float8[], $5::float8[], $6::text[]) AS f(path, size, modified, options)
        WHERE NOT EXISTS (
          SELECT FROM kindred.files k JOIN kindred.claims c ON c.encoder = $1 AND c.content = k.content AND c.done
          WHERE k.root = $2 AND k.path = f.path AND k.size = f.size AND k.modified = f.modified AND k.options = f.options)
        ON CONFLICT (encoder, root, path) DO NOTHING RETURNING 1`,
      values: [this.encoder, this.root, ...columnsOf(files, ['path', 'size', 'modified', 'options'])],
    });
    return rows.length;
  }

  /** Claims up to so many files that nobody works on. */
  async claim(most: number): Promise<readonly Job[]> {
    const rows = await this.asking.rows({
      text: `UPDATE kindred.work w SET claimant = $1, lease = now() + $2 * interval '1 second', attempts = attempts + 1
        FROM (SELECT id FROM kindred.work WHERE encoder = $3 AND root = $4 AND NOT waits AND (lease IS NULL OR lease < now())
          ORDER BY id LIMIT $5 FOR UPDATE SKIP LOCKED) free
        WHERE w.id = free.id RETURNING w.id::float8 AS id, w.path, w.attempts`,
      values: [this.claimant, this.leaseSeconds, this.encoder, this.root, most],
    });
    return v.parse(v.array(job), rows).sort((a, b) => a.id - b.id);
  }

  /**
   * Holds what this process has claimed for another lease. What is being written just now is left out: who holds rows in any
   * order and waits for others would stand in the way of writers for ever.
   */
  async renew(): Promise<void> {
    const values = [this.claimant, this.leaseSeconds];
    const lease = `lease = now() + $2 * interval '1 second'`;
    await this.asking.rows({
      text: `UPDATE kindred.work SET ${lease} WHERE id IN (
        SELECT id FROM kindred.work WHERE claimant = $1 AND lease > now() FOR UPDATE SKIP LOCKED)`,
      values,
    });
    await this.asking.rows({
      text: `UPDATE kindred.claims c SET ${lease} FROM (
        SELECT encoder, content FROM kindred.claims WHERE claimant = $1 AND NOT done FOR UPDATE SKIP LOCKED) own
        WHERE c.encoder = own.encoder AND c.content = own.content`,
      values,
    });
  }

  /** Gives a file back, to be claimed by anybody after a while. It does not count as an attempt. */
  async postpone(id: number, seconds: number): Promise<void> {
    await this.asking.rows({
      text: `UPDATE kindred.work SET claimant = NULL, lease = now() + $2 * interval '1 second', attempts = attempts - 1 WHERE id = $1`,
      values: [id, seconds],
    });
  }

  /** Gives back all that this process has claimed, but for what is being written just now. */
  async leave(): Promise<void> {
    const values = [this.claimant];
    await this.asking.rows({
      text: `UPDATE kindred.work SET claimant = NULL, lease = NULL, attempts = attempts - 1 WHERE id IN (
        SELECT id FROM kindred.work WHERE claimant = $1 FOR UPDATE SKIP LOCKED)`,
      values,
    });
    await this.asking.rows({
      text: `DELETE FROM kindred.claims c USING (
        SELECT encoder, content FROM kindred.claims WHERE claimant = $1 AND NOT done FOR UPDATE SKIP LOCKED) own
        WHERE c.encoder = own.encoder AND c.content = own.content`,
      values,
    });
  }

  /** Has a file wait until its layout has a scale. */
  async awaitScale(id: number): Promise<void> {
    await this.asking.rows({
      text: 'UPDATE kindred.work SET waits = true, claimant = NULL, lease = NULL, attempts = attempts - 1 WHERE id = $1',
      values: [id],
    });
  }

  /** The files that wait for a scale. */
  async waiting(asking: Asking): Promise<readonly string[]> {
    const text = 'SELECT path FROM kindred.work WHERE encoder = $1 AND root = $2 AND waits ORDER BY path COLLATE "C"';
    const rows = await asking.rows({ text, values: [this.encoder, this.root] });
    return v.parse(v.array(v.object({ path: v.string() })), rows).map(({ path }) => path);
  }

  /** Lets them be claimed. */
  async endWaiting(asking: Asking): Promise<void> {
    const text = 'UPDATE kindred.work SET waits = false WHERE encoder = $1 AND root = $2 AND waits';
    await asking.rows({ text, values: [this.encoder, this.root] });
  }

  async left(asking: Asking = this.asking): Promise<Left> {
    const [row] = await asking.rows({
      text: `SELECT count(*)::int AS all, (count(*) FILTER (WHERE waits))::int AS waiting,
        (count(*) FILTER (WHERE lease > now()))::int AS leased FROM kindred.work WHERE encoder = $1 AND root = $2`,
      values: [this.encoder, this.root],
    });
    return v.parse(counts, row);
  }

  /**
   * Claims a content, so that it is embedded once for all who hold it.
   * @returns `done` where that was done before, `others` where somebody else is about it
   */
  async claimContent(content: string): Promise<'ours' | 'done' | 'others'> {
    const values = [this.encoder, content, this.claimant, this.leaseSeconds];
    const claimed = await this.asking.rows({
      text: `INSERT INTO kindred.claims AS c (encoder, content, claimant, lease)
        VALUES ($1, $2, $3, now() + $4 * interval '1 second')
        ON CONFLICT (encoder, content) DO UPDATE SET claimant = excluded.claimant, lease = excluded.lease
        WHERE NOT c.done AND (c.claimant = excluded.claimant OR c.lease < now()) RETURNING 1`,
      values,
    });
    if (claimed.length > 0) return 'ours';
    const text = 'SELECT done FROM kindred.claims WHERE encoder = $1 AND content = $2';
    const [row] = await this.asking.rows({ text, values: [this.encoder, content] });
    return row?.['done'] === true ? 'done' : 'others';
  }
}

/** Rows as the columns that `unnest` takes. */
export function columnsOf<T, K extends keyof T>(rows: readonly T[], keys: readonly K[]): readonly (readonly T[K][])[] {
  return keys.map((key) => rows.map((row) => row[key]));
}
