import type { EncoderDescription } from './description';

/** What follows from a description, found out once for each. */
export function perDescription<T>(
  make: (description: EncoderDescription) => T,
): (description: EncoderDescription) => T {
  const known = new WeakMap<EncoderDescription, { readonly made: T }>();
  return (description) => {
    const entry = known.get(description) ?? { made: make(description) };
    known.set(description, entry);
    return entry.made;
  };
}
