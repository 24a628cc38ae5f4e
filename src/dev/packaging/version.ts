/** Whether a version is published as a pre-release: those with an odd minor number are, as is the custom in VS Code. */
export function isPreRelease(version: string): boolean {
  return Number(version.split('.')[1]) % 2 === 1;
}
