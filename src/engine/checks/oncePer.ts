/**
 * A function that makes something of an object once, as long as somebody has the object: lists are asked for page by page.
 * @param make what comes after the object must follow from it
 */
export function oncePer<Key extends object, Rest extends readonly unknown[], T>(
  make: (key: Key, ...rest: Rest) => T,
): (key: Key, ...rest: Rest) => T {
  const known = new WeakMap<Key, { readonly made: T }>();
  return (key, ...rest) => {
    const found = known.get(key) ?? { made: make(key, ...rest) };
    known.set(key, found);
    return found.made;
  };
}
