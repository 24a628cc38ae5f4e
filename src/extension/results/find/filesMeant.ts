import { Uri } from 'vscode';
import { mayHoldSequences } from './formats';

/**
 * The files that some addresses stand for: a folder stands for the recordings in it and in its folders, in their order.
 * @param indexed the paths of all recordings
 */
export function filesMeant(addresses: readonly Uri[], indexed: readonly string[]): readonly Uri[] {
  const known = new Set(indexed);
  const meant = addresses.flatMap((address) => {
    const { fsPath } = address;
    if (known.has(fsPath)) return [address];
    const below = indexed.filter((path) => path.startsWith(fsPath) && /[\\/]/.test(path.charAt(fsPath.length)));
    if (below.length > 0) return [...below].sort().map((path) => Uri.file(path));
    return mayHoldSequences(address.path) ? [address] : [];
  });
  return meant.filter(({ fsPath }, i) => meant.findIndex((other) => other.fsPath === fsPath) === i);
}
