/** Messages in another language, by the English ones, as VS Code keeps them in `l10n/bundle.l10n.LANGUAGE.json`. */
export type Bundle = Readonly<Record<string, string>>;

let bundle: Bundle = {};

/** From now on `t` looks messages up in `messages`; what is not in it stays English. */
export function useBundle(messages: Bundle): void {
  bundle = messages;
}

/**
 * A message in the user's language, with `{0}`, `{1}`, ... replaced by `values`. The message must be written out where
 * this is called: a test holds that every one is translated.
 */
export function t(message: string, ...values: readonly (string | number)[]): string {
  const translated = (Object.hasOwn(bundle, message) ? bundle[message] : undefined) ?? message;
  return translated.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? placeholder : String(value);
  });
}
