import { quantileFunction } from '../distributions/quantiles';
import { toBytes } from '../distributions/bytes';
import { featureBlocks, featureSize } from './blocks';
import type { EncoderDescription, Response } from './description';
import { embedValues } from './embed';
import { probedSeries, probes, type Probe } from './probes';
import { layoutScale, rawLevels } from './scales';
import type { EncoderSession } from './session';

/**
 * Measures what each feature answers to. Simulated series are changed in one respect at a time; an answer is the mean W_1
 * between the feature's distributions before and after. Some changes move all features more than others do, so an answer is
 * compared with the mean answer of all features to the same change.
 *
 * @returns one for each of the M features
 */
export async function measureResponses(session: EncoderSession): Promise<Response[]> {
  const all = probes();
  const answers = await answersTo(session, all);
  const strengths = answers.map((each) => {
    const mean = each.reduce((sum, answer) => sum + answer, 0) / each.length;
    return each.map((answer) => (mean > 0 ? answer / mean : 0));
  });
  return Array.from({ length: session.description.features }, (_, feature) => {
    let best: { readonly tells: Probe['tells']; readonly strength: number } = { tells: 'level', strength: 0 };
    for (const [p, { tells }] of all.entries()) {
      const strength = strengths[p]?.[feature] ?? 0;
      if (strength > best.strength) best = { tells, strength };
    }
    const { tells } = best;
    return typeof tells === 'string' ? tells : Number(tells.frequency.toPrecision(3));
  });
}

/** @returns [probes, features] */
async function answersTo(session: EncoderSession, all: readonly Probe[]): Promise<readonly Float64Array[]> {
  const { description } = session;
  const answers = all.map(() => new Float64Array(description.features));
  for (const values of probedSeries()) {
    const scales = layoutScale([{ channels: [values], levels: toBytes(quantileFunction(values, rawLevels)) }]);
    const [scale] = scales;
    if (scale === undefined) continue;
    const shown = [values, ...all.map(({ change }) => change(values, scale.centre, scale.spread))];
    const channels = shown.map((each) => ({ name: null, unit: null, values: each }));
    const sequence = { channels, rate: null, label: null, name: null, notes: [] };
    const same = shown.map(() => scale);
    const embedded = (await embedValues(session, sequence, same, values.length)).values;
    answers.forEach((answer, p) => {
      addDistances(answer, description, embedded, p + 1);
    });
  }
  return answers;
}

/** Adds the W_1 of each feature over the whole, between the first channel and another one. */
function addDistances(
  sums: Float64Array,
  description: EncoderDescription,
  values: Float32Array,
  channel: number,
): void {
  const size = featureSize(description);
  const levels = featureBlocks(description)[0]?.levels ?? 0;
  const from = channel * sums.length * size;
  for (let feature = 0; feature < sums.length; feature++) {
    for (let q = feature * size; q < feature * size + levels; q++) {
      sums[feature]! += Math.abs(values[q]! - values[from + q]!) / levels;
    }
  }
}
