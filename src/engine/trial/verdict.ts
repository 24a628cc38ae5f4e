/** What came of trying out an encoder. */
export type Verdict = { readonly kind: 'sound' } | { readonly kind: 'refused'; readonly reason: string };
