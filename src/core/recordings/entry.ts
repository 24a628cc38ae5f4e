/** An entry of a list that is there for sure. @throws RangeError where it is not, which is a bug */
export function entry<T>(list: readonly T[], at: number): T {
  const value = list[at];
  if (value === undefined) throw new RangeError(`no entry ${at} of ${list.length}`);
  return value;
}
