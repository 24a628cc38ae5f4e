import { env, Uri } from 'vscode';
import { t } from '../../l10n/messages';
import { KindredError } from '../failure';

/**
 * The files that were dropped on a page, by the addresses that it was told.
 * @throws KindredError where it was told none that Kindred can read
 */
export function droppedFiles(addresses: readonly string[]): readonly [Uri, ...Uri[]] {
  const [first, ...others] = addresses.flatMap(fileAt);
  if (first !== undefined) return [first, ...others];
  if (addresses.length > 0) throw new KindredError(t('Kindred can only read files on a disk.'));
  throw new KindredError(
    t('The editor does not tell where these files lie. Drag them from the Explorer, or choose one from the list.'),
    { remedies: [{ label: t('Find Similar Sequences'), command: 'kindred.findSimilar' }] },
  );
}

/** A file of this window's machine, which a window that looks from elsewhere calls by an address of its own. */
function fileAt(address: string): Uri[] {
  try {
    const { scheme, path, authority, fsPath } = Uri.parse(address, true);
    if (scheme === 'file' && authority === '') return [Uri.file(fsPath)];
    return scheme === 'vscode-remote' && env.remoteName !== undefined ? [Uri.file(path)] : [];
  } catch {
    return [];
  }
}
