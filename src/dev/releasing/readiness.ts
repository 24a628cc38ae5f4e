/** What a release is made from. */
export interface Release {
  /** As it was pushed, such as `v0.3.1`. */
  readonly tag: string;
  /** Of `package.json`. */
  readonly version: string;
  /** The text of `CHANGELOG.md`. */
  readonly changelog: string;
}

/** Why a release must not be published, in sentences; nothing if it may. */
export function obstaclesTo({ tag, version, changelog }: Release): readonly string[] {
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    return [`package.json has version "${version}"; the marketplaces take three numbers, such as 1.2.3.`];
  }
  const headings = [...changelog.matchAll(/^## \[([^\]]+)\](.*)$/gm)];
  const [, , date = ''] = headings.find(([, name]) => name === version) ?? [];
  const newest = headings.map(([, name]) => name).find((name) => name !== 'Unreleased');
  return [
    ...(tag === `v${version}`
      ? []
      : [`The tag is ${tag}, and package.json has version ${version}: it must be v${version}.`]),
    ...(newest === version
      ? []
      : [`The newest version in CHANGELOG.md is ${newest ?? 'none'}, and package.json has ${version}.`]),
    ...(newest !== version || /^ - \d{4}-\d{2}-\d{2}$/.test(date)
      ? []
      : [`The heading of ${version} in CHANGELOG.md has no date, as in "## [${version}] - 2026-01-31".`]),
  ];
}
