import * as v from 'valibot';
import type { TeamConnection } from './connection';
import { lockToWrite } from './schema';
import type { TeamFolder } from './teamFolder';
import { storableOrNull } from './texts';
import { columnsOf } from './work';

const labelled = v.object({
  ...{ id: v.number(), path: v.string(), number: v.number() },
  ...{ own: v.nullable(v.string()), label: v.nullable(v.string()) },
});

const rowsAtOnce = 10_000;

/** Brings the labels of a root up to date with what the folder's `labels.csv` says, whose change changes no recording. */
export async function renewLabels(connection: TeamConnection, root: number, folder: TeamFolder): Promise<void> {
  for (let after = 0; ;) {
    const found = await connection.rows({
      text: `SELECT r.id::float8 AS id, r.path, r.number, s.label AS own, r.label FROM kindred.recordings r
        JOIN kindred.sequences s USING (content, number) WHERE r.root = $1 AND r.id > $2 ORDER BY r.id LIMIT ${rowsAtOnce}`,
      values: [root, after],
    });
    const rows = v.parse(v.array(labelled), found);
    const changed = rows.flatMap(({ id, path, number, own, label }) => {
      const now = storableOrNull(folder.files.shownLabel(folder.pathOf(path), number, own).label);
      return now === label ? [] : [{ id, label: now }];
    });
    if (changed.length > 0) await write(connection, changed);
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return;
    after = last.id;
  }
}

async function write(
  connection: TeamConnection,
  changed: readonly { readonly id: number; readonly label: string | null }[],
): Promise<void> {
  await connection.transaction(async (asking) => {
    await asking.rows({ text: lockToWrite });
    await asking.rows({
      text: `UPDATE kindred.recordings r SET label = n.label, change = nextval('kindred.change')
        FROM unnest($1::bigint[], $2::text[]) AS n(id, label) WHERE r.id = n.id`,
      values: [...columnsOf(changed, ['id', 'label'])],
    });
  });
}
