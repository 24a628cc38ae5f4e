import { readEncoder, type EncoderFile } from './description';
import { embedValues } from './embed';
import { quantileFunction } from '../distributions/quantiles';
import { learnCoding } from './learnCoding';
import { layoutScale, rawLevels } from './scales';
import { loadEncoder } from './session';
import { simulatedSeries } from './simulated';
import { toBytes } from '../distributions/bytes';

/**
 * Reads the encoder in a folder as `readEncoder` does, and completes it.
 * @throws EncoderError
 */
export async function openEncoder(folder: string): Promise<EncoderFile> {
  return completed(await readEncoder(folder));
}

/**
 * An encoder whose description says how its numbers become bytes, and how they are summed. One that does not, because it
 * is of an earlier release or of another make, is tried on simulated series, and comes out the same each time.
 *
 * @throws EncoderError when the model cannot be run or gives no numbers
 */
export async function completed(file: EncoderFile): Promise<EncoderFile> {
  const { description, model } = file;
  if (description.bytes !== undefined) return file;
  const session = await loadEncoder(file);
  const samples: Float32Array[] = [];
  for (const values of simulatedSeries()) {
    const channels = [{ name: null, unit: null, values }];
    const scales = layoutScale([{ channels, levels: toBytes(quantileFunction(values, rawLevels)) }]);
    const sequence = { channels, rate: null, label: null, name: null, notes: [] };
    samples.push((await embedValues(session, sequence, scales, values.length)).values);
  }
  return { model, description: { ...description, ...learnCoding(samples, description) } };
}
