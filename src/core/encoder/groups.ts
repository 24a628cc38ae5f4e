/** Fewer features make a closer bound, more a cheaper one; six took the least time on real embeddings. */
export const featuresPerGroup = 6;

/** More rows than this do not make better groups. */
const mostRows = 2000;

/** How many products of two numbers may be added up, which takes about a second. */
const mostProducts = 1e9;

/**
 * Groups features that rise and fall together, each with a sign: +(feature + 1) or -(feature + 1), where a minus stands for
 * a feature that falls when the others rise. The signed sums of such groups are close bounds of distances, because few
 * differences within a group cancel out. Greedy: the free feature that varies most begins a group, and is joined by those
 * whose correlation with the group's signed sum, times their deviation, is highest.
 *
 * @param sums [rows, features]: the sum of the numbers of each feature of an embedding
 * @param size features per group
 */
export function learnGroups(sums: Float32Array, rows: number, features: number, size: number): number[][] {
  const covariances = covarianceOf(sums, rows, features);
  const free = new Set(Array.from({ length: features }, (_, f) => f));
  const groups: number[][] = [];
  while (free.size > 0) {
    const first = largestOf(free, (f) => covariances[f * features + f]!);
    free.delete(first);
    const group = [first + 1];
    // The covariance of every feature with the signed sum of the group.
    const along = covariances.slice(first * features, (first + 1) * features);
    while (group.length < size && free.size > 0) {
      const next = largestOf(free, (f) => Math.abs(along[f]!));
      const sign = along[next]! < 0 ? -1 : 1;
      free.delete(next);
      group.push(sign * (next + 1));
      for (let f = 0; f < features; f++) along[f]! += sign * covariances[next * features + f]!;
    }
    groups.push(group);
  }
  return groups;
}

/** Whether groups, one after the other, hold every feature once. */
export function holdEachFeature(members: readonly number[], features: number): boolean {
  const numbers = new Set(members.map(Math.abs));
  const inside = [...numbers].every((n) => Number.isInteger(n) && n >= 1 && n <= features);
  return inside && members.length === features && numbers.size === features;
}

/** Groups for an encoder of which nothing was learnt: consecutive features. */
export function consecutiveGroups(features: number, size: number): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(features / size) }, (_, g) => {
    return Array.from({ length: Math.min(size, features - g * size) }, (_, i) => g * size + i + 1);
  });
}

function largestOf(free: ReadonlySet<number>, value: (feature: number) => number): number {
  let largest = -1;
  let most = -Infinity;
  for (const feature of free) {
    if (value(feature) <= most) continue;
    most = value(feature);
    largest = feature;
  }
  return largest;
}

/** [features, features], of evenly spaced rows. */
function covarianceOf(sums: Float32Array, rows: number, features: number): Float64Array {
  const used = Math.min(rows, mostRows, Math.max(Math.floor(mostProducts / features ** 2), 2));
  const columns = new Float64Array(features * used);
  for (let f = 0; f < features; f++) {
    let mean = 0;
    for (let r = 0; r < used; r++) mean += sums[Math.floor((r * rows) / used) * features + f]! / used;
    for (let r = 0; r < used; r++) {
      columns[f * used + r] = sums[Math.floor((r * rows) / used) * features + f]! - mean;
    }
  }
  const out = new Float64Array(features * features);
  for (let a = 0; a < features; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let r = 0; r < used; r++) sum += columns[a * used + r]! * columns[b * used + r]!;
      out[a * features + b] = sum;
      out[b * features + a] = sum;
    }
  }
  return out;
}
