/**
 * Text of a file, made fit to be shown: control characters become spaces, and all beyond `maximum` characters is cut off.
 * It stays hostile to HTML.
 */
export function plainText(text: string, maximum = 200): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
  const characters = Array.from(plain.slice(0, 2 * maximum + 2));
  return characters.length > maximum ? `${characters.slice(0, maximum - 1).join('')}…` : plain;
}

/** A name out of a file, in quotes, for the middle of a sentence. */
export function quoted(name: string): string {
  return `“${plainText(name, 80)}”`;
}

/** Names for a sentence: the first few, and how many more there are. */
export function listed(names: readonly string[], shown = 5): string {
  const first = names.slice(0, shown).map(quoted).join(', ');
  return names.length > shown ? `${first} and ${names.length - shown} more` : first;
}
