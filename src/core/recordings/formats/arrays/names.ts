/** The group that holds `name`: `a/b` for `a/b/c`, `s` for the field `s.x`, nothing for a name without one. */
export function groupOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/'), name.lastIndexOf('.')));
}

/** A name without its group. */
export function ownName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('.')) + 1);
}
