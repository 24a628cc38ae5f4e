/**
 * The key of a sequence's layout: its channel names (without regard to case), or just their number where the file
 * gives none. Only sequences of one layout are ranked together unless all are asked for.
 */
export function layoutKey(names: readonly (string | null)[]): string {
  if (names.every((name) => name === null)) return `${names.length}`;
  return JSON.stringify(names.map((name) => (name ?? '').trim().toLowerCase()));
}
