import * as v from 'valibot';
import type { TeamConnection } from './connection';
import { lockToWrite } from './schema';

const paths = v.array(v.object({ path: v.string() }));
const removedAtOnce = 1000;

/**
 * Finds what the index has of a root and the folder has not. That is taken out only if it is asked for: another machine may
 * have more of the root than this one.
 * @param inside the files of the folder as they were before the index was read
 * @param scan finds them as they are now
 * @returns what is to be said of it
 */
export async function removeMissing(
  connection: TeamConnection,
  root: number,
  inside: readonly string[],
  remove: boolean,
  scan: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const there = new Set(inside);
  const rows = await connection.rows({ text: 'SELECT path FROM kindred.files WHERE root = $1', values: [root] });
  const unseen = v.parse(paths, rows).flatMap(({ path }) => (there.has(path) ? [] : [path]));
  // What others have entered meanwhile may have come to this folder meanwhile.
  const now = unseen.length === 0 ? there : new Set(await scan());
  const gone = unseen.filter((path) => !now.has(path));
  if (gone.length === 0) return [];
  if (!remove) {
    return [
      `${gone.length} files of this root are not in this folder. They stay in the index; --remove-missing takes them out.`,
    ];
  }
  for (let from = 0; from < gone.length; from += removedAtOnce) {
    const some = gone.slice(from, from + removedAtOnce);
    await connection.transaction(async (asking) => {
      await asking.rows({ text: lockToWrite });
      await asking.rows({ text: 'DELETE FROM kindred.files WHERE root = $1 AND path = ANY($2)', values: [root, some] });
      await asking.rows({
        text: `UPDATE kindred.recordings SET content = NULL, change = nextval('kindred.change')
          WHERE root = $1 AND path = ANY($2) AND content IS NOT NULL`,
        values: [root, some],
      });
    });
  }
  return [`${gone.length} files that are not in this folder were taken out of the index.`];
}
