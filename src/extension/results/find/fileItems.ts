import { plain } from '../../editor/text';

export interface FileItem {
  readonly label: string;
  readonly description: string;
  readonly path: string;
}

/** The files of the index as a list to pick from: the active one first, the others as they come. */
export function fileItems(
  files: readonly { readonly path: string; readonly file: string }[],
  active: string | undefined,
): readonly FileItem[] {
  const first = files.filter(({ path }) => path === active);
  const others = files.filter(({ path }) => path !== active);
  return [...first, ...others].map(({ path, file }) => {
    const slash = file.lastIndexOf('/');
    return { label: plain(file.slice(slash + 1)), description: plain(file.slice(0, Math.max(0, slash))), path };
  });
}
