/** What a Python literal can be made of here. */
export type Literal = string | number | boolean | null | readonly Literal[];

/**
 * A value as Python source that means just this value, on one line of printable ASCII: whatever a text holds, it cannot
 * end the literal, and nobody can hide anything in it. Lone surrogates stay what they are.
 *
 * @throws RangeError for a number that is not finite, which Python has no literal for
 */
export function literal(value: Literal): string {
  if (typeof value === 'string') return stringLiteral(value);
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'number') return `[${value.map(literal).join(', ')}]`;
  if (!Number.isFinite(value)) throw new RangeError(`${value} has no literal in Python.`);
  return String(value);
}

function stringLiteral(text: string): string {
  const inside = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === "'" || character === '\\') return `\\${character}`;
    if (code >= 0x20 && code < 0x7f) return character;
    if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `'${inside.join('')}'`;
}
