import { parquetSchema, type FileMetaData, type SchemaTree } from 'hyparquet';
import { UnreadableError } from '../../reader';

/** The names of a file's columns, by what their cells hold. */
export interface Columns {
  /** Single values. */
  readonly plain: readonly string[];
  /** Lists of values. */
  readonly lists: readonly string[];
  /** Lists of lists of values. */
  readonly matrices: readonly string[];
  /** Records and what else is not read. */
  readonly others: readonly string[];
}

/** Sorts the columns of a file by what their cells hold. @throws UnreadableError for one without a name */
export function columnsOf(metadata: FileMetaData): Columns {
  const { children } = parquetSchema(metadata);
  // The library's types promise names, which a damaged file may lack.
  const names: readonly unknown[] = children.map(({ element }) => element.name);
  if (!names.every((name) => typeof name === 'string'))
    throw new UnreadableError('it is damaged: a column has no name');
  const depths = children.map((child) => depthOf(child));
  const named = (depth: number | null) => {
    return children.filter((_, i) => depths[i] === depth).map(({ element }) => element.name);
  };
  return { plain: named(0), lists: named(1), matrices: named(2), others: named(null) };
}

/** How deep lists are nested in a column, `null` if it holds anything else. */
function depthOf({ element, children }: SchemaTree): number | null {
  const repeated = element.repetition_type === 'REPEATED' ? 1 : 0;
  if (children.length === 0) return repeated;
  const [list, ...more] = children;
  if (element.converted_type !== 'LIST' && element.logical_type?.type !== 'LIST') return null;
  if (list?.element.repetition_type !== 'REPEATED' || more.length > 0 || repeated > 0) return null;
  // Either the repeated field is the element itself, or a group around it.
  const [inner, ...others] = list.children;
  if (inner === undefined) return 1;
  const depth = others.length > 0 ? null : depthOf(inner);
  return depth === null || depth > 1 ? null : depth + 1;
}
