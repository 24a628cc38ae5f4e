import * as v from 'valibot';
import type { Row, TeamConnection } from './connection';
import { scaleColumns } from './scales';
import type { RowPage } from './teamRows';

/** Up to which changes the rows of an index are known: each stream of rows is complete up to its number. */
export interface Cursor {
  readonly scales: number;
  readonly embeddings: number;
  readonly recordings: number;
}

export const beginning: Cursor = { scales: 0, embeddings: 0, recordings: 0 };

/** Rows with what they bring the cursor from and to. */
export interface Step {
  readonly from: Cursor;
  readonly to: Cursor;
  readonly page: RowPage;
}

const embeddingsAtOnce = 2000;
const recordingsAtOnce = 5000;

const numbered = v.object({ id: v.optional(v.number(), 0), change: v.optional(v.number(), 0) });

/**
 * Hands over what has changed since a cursor, page after page, as it is at one moment. Who writes takes numbers of changes only
 * while nobody else does (`lockToWrite`): what is not there yet will have a larger number than all that is.
 *
 * @param encoder the number of the encoder whose embeddings are wanted
 * @returns where it ended @throws RequestError, TeamAwayError, and what `take` throws
 */
export function follow(
  connection: TeamConnection,
  encoder: number,
  from: Cursor,
  take: (step: Step) => void | Promise<void>,
): Promise<Cursor> {
  return connection.transaction(async (asking) => {
    let cursor = from;
    const step = async (to: Partial<Cursor>, page: Partial<RowPage>) => {
      const next = { ...cursor, ...to };
      await take({ from: cursor, to: next, page: { scales: [], embeddings: [], recordings: [], ...page } });
      cursor = next;
    };
    const text = `SELECT ${scaleColumns} FROM kindred.scales WHERE id > $1 ORDER BY id`;
    const scales = await asking.rows({ text, values: [cursor.scales] });
    if (scales.length > 0) await step({ scales: numbersOf(scales.at(-1)).id }, { scales });
    const query = `SELECT content, number, scale, covered, rate, bytes, change::float8 FROM kindred.embeddings
      WHERE encoder = ${encoder} AND change > ${cursor.embeddings} ORDER BY change`;
    for await (const rows of asking.copy(query, embeddingColumns, embeddingsAtOnce)) {
      await step({ embeddings: numbersOf(rows.at(-1)).change }, { embeddings: rows });
    }
    const recordings = (after: number) => asking.rows({ ...recordingsAfter, values: [after] });
    await inPages(recordings, cursor.recordings, recordingsAtOnce, (to, rows) =>
      step({ recordings: to }, { recordings: rows }),
    );
    return cursor;
  }, 'ISOLATION LEVEL REPEATABLE READ READ ONLY');
}

/** Asks for the next page before it hands one over, so that the server is at work meanwhile. */
async function inPages(
  ask: (after: number) => Promise<readonly Row[]>,
  from: number,
  atOnce: number,
  take: (to: number, rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  let rows = await ask(from);
  while (rows.length > 0) {
    const to = numbersOf(rows.at(-1)).change;
    const next = rows.length < atOnce ? Promise.resolve([]) : ask(to);
    // It is waited for, but not where handing over fails.
    next.catch(() => undefined);
    await take(to, rows);
    rows = await next;
  }
}

/** @throws ValiError for a row that is none, as the server's own columns always are some */
function numbersOf(row: unknown): { readonly id: number; readonly change: number } {
  return v.parse(numbered, row);
}

const embeddingColumns = {
  ...({ content: 'text', number: 'int4', scale: 'int4', covered: 'float8', rate: 'float8' } as const),
  ...({ bytes: 'bytes', change: 'float8' } as const),
} as const;

/** What is said of a recording, with all that is needed to show it. */
export const recordingColumns = `r.id::float8 AS id, o.name AS root, r.path, r.number, r.content, r.label, s.name, s.channels,
  s.steps, s.rate, s.notes, c.format, c.siblings`;

export const recordingJoins = `kindred.recordings r JOIN kindred.roots o ON o.id = r.root
  LEFT JOIN kindred.sequences s ON s.content = r.content AND s.number = r.number
  LEFT JOIN kindred.contents c ON c.content = r.content`;

const recordingsAfter = {
  text: `SELECT ${recordingColumns}, r.change::float8 AS change FROM ${recordingJoins}
    WHERE r.change > $1 ORDER BY r.change LIMIT ${recordingsAtOnce}`,
};
