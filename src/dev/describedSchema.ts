/** The properties of a JSON schema, each with what the editor tells of it. */
export function described(properties: object | undefined, texts: Readonly<Record<string, string>>): object {
  const all = Object.entries(properties ?? {}) as [string, object][];
  return Object.fromEntries(all.map(([name, property]) => [name, { description: texts[name], ...property }]));
}
