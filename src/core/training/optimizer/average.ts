/**
 * Moves an exponential moving average of the weights on by one step, in place. The average forgets faster at the start,
 * so that the random weights do not linger: its decay is min(decay, (1 + steps) / (10 + steps)).
 *
 * @param steps how many steps came before
 */
export function updateAverage(average: Float32Array, weights: Float32Array, decay: number, steps: number): void {
  const kept = Math.min(decay, (1 + steps) / (10 + steps));
  for (let i = 0; i < average.length; i++) average[i] = kept * average[i]! + (1 - kept) * weights[i]!;
}
