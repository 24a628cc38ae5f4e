import type { TeamRecording } from './rows';

/** Which recordings of a team's index are searched. */
export interface TeamFilter {
  readonly label?: string | undefined;
  /** `ROOT` or `ROOT:PATH`: what lies below it. */
  readonly folder?: { readonly root: string; readonly path: string } | undefined;
  /** In Hz: no lower, and no higher. */
  readonly rates?: readonly [number, number] | undefined;
}

export function isFilter({ label, folder, rates }: TeamFilter): boolean {
  return label !== undefined || folder !== undefined || rates !== undefined;
}

/** Whether a recording passes, as `filterSql` has the server say it. */
export function passes({ label, folder, rates }: TeamFilter, recording: TeamRecording): boolean {
  if (label !== undefined && recording.label !== label) return false;
  if (folder !== undefined) {
    const below = folder.path === '' || recording.path === folder.path || recording.path.startsWith(`${folder.path}/`);
    if (recording.root !== folder.root || !below) return false;
  }
  return rates === undefined || (recording.rate !== null && recording.rate >= rates[0] && recording.rate <= rates[1]);
}

/**
 * The same as a condition on `r` (recordings), `o` (roots) and `s` (sequences).
 * @param values of the statement, to which those of the filter are added
 */
export function filterSql({ label, folder, rates }: TeamFilter, values: unknown[]): string {
  const conditions: string[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  if (label !== undefined) conditions.push(`r.label = ${value(label)}`);
  if (folder !== undefined) {
    conditions.push(`o.name = ${value(folder.root)}`);
    if (folder.path !== '') {
      const path = value(folder.path);
      conditions.push(`(r.path = ${path} OR starts_with(r.path, ${path} || '/'))`);
    }
  }
  if (rates !== undefined) conditions.push(`s.rate BETWEEN ${value(rates[0])} AND ${value(rates[1])}`);
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}
