/** As many rounds as UMAP makes, by the number of points. */
export function roundsFor(count: number): number {
  return count <= 10_000 ? 500 : 200;
}
