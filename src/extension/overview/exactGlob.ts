/**
 * A glob that names one file, as `globMatcher` reads globs: what stands for other characters there stands in brackets. An
 * opening brace has no such form, so that any character may stand in its place.
 * @param path from the workspace folder, with forward slashes
 */
export function exactGlob(path: string): string {
  const escaped = path.replace(/[*?[]/g, '[$&]').replaceAll('{', '?');
  // Without a slash a glob names files in any folder.
  return escaped.includes('/') ? escaped : `/${escaped}`;
}
