import { cpus, loadavg } from 'node:os';

/** Limits catch what hangs, and never measure: each is this many times what it limits may usually take. */
const generosity = 4;

/** Milliseconds that one round of work takes on an idle core of the usual kind. */
const usualRound = 25;

const rounds = 5;
const mostSlowness = 6;
const variable = 'KINDRED_SLOWNESS';

/**
 * A limit on waiting, for tests: the milliseconds that something may usually take at most, made longer for slow and busy
 * machines. The machine is measured once, by the process that asks first; the processes that it starts inherit the result.
 */
export function patient(milliseconds: number): number {
  return Math.round(milliseconds * generosity * slowness());
}

/** How many times slower than usual this machine is now, from 1 to 6. */
function slowness(): number {
  const inherited = Number(process.env[variable]);
  if (inherited >= 1) return inherited;
  const measured = slownessOf(median(Array.from({ length: rounds }, timeRound)), loadavg()[0] ?? 0, cpus().length);
  process.env[variable] = String(measured);
  return measured;
}

/**
 * @param round the milliseconds that one round of work took
 * @param load how many processes wanted to run at a time, over the last minute
 * @param cores how many can
 */
export function slownessOf(round: number, load: number, cores: number): number {
  const worst = Math.max(1, round / usualRound, load / cores);
  return Number(Math.min(mostSlowness, worst).toFixed(2));
}

function timeRound(): number {
  const began = performance.now();
  let state = 1;
  let sum = 0;
  for (let i = 0; i < 8_000_000; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    sum += Math.sqrt(state);
  }
  // The sum is used, so that no compiler drops the work.
  return Number.isNaN(sum) ? 0 : performance.now() - began;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
