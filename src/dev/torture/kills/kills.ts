import { killEngines } from './engines';
import type { KillFigures } from './killed';
import { killLabellers } from './labels';
import { killTunings } from './tunings';

/** Kills processes so many times in all, half of them engines while they index. */
export async function* killAll(seed: number, kills: number): AsyncGenerator<KillFigures> {
  const others = Math.floor(kills / 4);
  yield await killLabellers(seed, others);
  yield await killTunings(seed, others);
  yield await killEngines(seed, kills - 2 * others);
}
