/** Any JSON object; what is in it is looked at as it comes. */
export type Manifest = Readonly<Record<string, unknown>>;

/** Fields whose value is the path of a file, wherever they stand. */
const paths = new Set(['main', 'browser', 'icon', 'svg', 'image', 'markdown', 'light', 'dark', 'configuration']);

/** The files in the extension that its manifest names, with the texts of each of its languages. */
export function namedFiles(manifest: Manifest): readonly string[] {
  const found: string[] = ['package.nls.json'];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && (value.startsWith('./') || (paths.has(key) && /^[\w./-]+\.\w+$/.test(value)))) {
      if (key !== 'l10n') found.push(value.replace(/^\.\//, ''));
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item, key);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) visit(item, name);
    }
  };
  visit(manifest, '');
  const { l10n } = manifest;
  const folder = typeof l10n === 'string' ? l10n.replace(/^\.\//, '') : null;
  for (const language of ['de', 'ja']) {
    found.push(`package.nls.${language}.json`);
    if (folder !== null) found.push(`${folder}/bundle.l10n.${language}.json`);
  }
  return [...new Set(found)];
}
