import type { Channel } from './sequence';

/**
 * The key of a sequence's layout: its channel names, or just their number where the file gives none. Case, blanks,
 * dashes, underscores and a unit in brackets do not tell names apart, unless two names of the file differ in nothing
 * else. Only sequences of one layout are ranked together unless all are asked for.
 */
export function layoutKey(names: readonly (string | null)[]): string {
  if (names.every((name) => name === null)) return `${names.length}`;
  return JSON.stringify(comparedNames(names));
}

/**
 * The channels of a file in the order of their names, as its layout has them: files that hold the same channels in another
 * order are of one layout. `ch2` stands before `ch10`. Channels stay as they are where one has no name, or two have the
 * same.
 */
export function inLayoutOrder(channels: readonly Channel[]): readonly Channel[] {
  if (channels.some(({ name }) => name === null)) return channels;
  const keys = comparedNames(channels.map(({ name }) => name)).map(withLongNumbers);
  if (new Set(keys).size < keys.length) return channels;
  return channels
    .map((channel, i) => ({ channel, key: keys[i] ?? '' }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ channel }) => channel);
}

/** Names as they are compared with those of other files. */
function comparedNames(names: readonly (string | null)[]): readonly string[] {
  const plain = names.map((name) => (name ?? '').trim().toLowerCase());
  const bare = plain.map(bareName);
  return new Set(bare).size === new Set(plain).size ? bare : plain;
}

/** Numbers that are as long as one another come in their order. */
function withLongNumbers(name: string): string {
  return name.replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

const brackets = { ']': '[', ')': '(' } as const;

/** `acc x [m/s²]` and `Acc_X` are both `accx`; what would be left empty stays as it is. */
function bareName(name: string): string {
  const closing = name.at(-1);
  const unit = closing === ']' || closing === ')' ? name.lastIndexOf(brackets[closing]) : -1;
  const bare = (unit > 0 ? name.slice(0, unit) : name).replace(/[\s_-]+/g, '');
  return bare === '' ? name : bare;
}
