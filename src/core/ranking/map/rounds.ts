/** How many rounds a map of so many points takes: as many as UMAP makes. */
export function roundsFor(count: number): number {
  return count <= 10_000 ? 500 : 200;
}
