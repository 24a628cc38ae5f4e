/**
 * The key of a sequence's layout: its channel names, or just their number where the file gives none. Case, blanks,
 * dashes, underscores and a unit in brackets do not tell names apart, unless two names of the file differ in nothing
 * else. Only sequences of one layout are ranked together unless all are asked for.
 */
export function layoutKey(names: readonly (string | null)[]): string {
  if (names.every((name) => name === null)) return `${names.length}`;
  const plain = names.map((name) => (name ?? '').trim().toLowerCase());
  const bare = plain.map(bareName);
  return JSON.stringify(new Set(bare).size === new Set(plain).size ? bare : plain);
}

const brackets = { ']': '[', ')': '(' } as const;

/** `acc x [m/s²]` and `Acc_X` are both `accx`; what would be left empty stays as it is. */
function bareName(name: string): string {
  const closing = name.at(-1);
  const unit = closing === ']' || closing === ')' ? name.lastIndexOf(brackets[closing]) : -1;
  const bare = (unit > 0 ? name.slice(0, unit) : name).replace(/[\s_-]+/g, '');
  return bare === '' ? name : bare;
}
