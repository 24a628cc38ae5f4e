import * as v from 'valibot';
import { RequestError } from '../requestError';
import type { Asking } from './connection';
import { isRootName } from './texts';

/** The number of a root, which is entered unless it is there. @throws RequestError for what can be no name */
export async function enterRoot(asking: Asking, name: string): Promise<number> {
  if (!isRootName(name)) {
    throw new RequestError(
      `"${name}" cannot be the name of a root. Name it with --root: letters, digits, blanks, dots, dashes and underscores, ` +
        'and a letter or a digit first.',
    );
  }
  await asking.rows({
    text: 'INSERT INTO kindred.roots (name) VALUES ($1) ON CONFLICT (name) DO NOTHING',
    values: [name],
  });
  const [row] = await asking.rows({ text: 'SELECT id FROM kindred.roots WHERE name = $1', values: [name] });
  return v.parse(v.object({ id: v.number() }), row).id;
}
