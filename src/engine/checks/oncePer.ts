/**
 * A function that finds something out about an object once, as long as somebody has the object: lists are asked for page by
 * page. What failed is tried again by the next to ask.
 */
export function oncePer<Key extends object, T>(find: (key: Key) => Promise<T>): (key: Key) => Promise<T> {
  const known = new WeakMap<Key, Promise<T>>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const finding = find(key);
    known.set(key, finding);
    finding.catch(() => known.delete(key));
    return finding;
  };
}
