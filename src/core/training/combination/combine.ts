import { sideBySide, type Weights } from '../../encoder/architecture';
import { EncoderError, type EncoderFile, type KeptView } from '../../encoder/description';
import { networkOf, weightsOf } from '../../encoder/weightsOf';
import { encoderFile, withViews } from '../trainer/encoderFile';

export interface CombinedForm {
  readonly name: string;
  /** How many levels the quantile functions of whole recordings have. */
  readonly levels: number;
  /** In which further forms it encodes recordings. */
  readonly views?: readonly KeptView[];
}

/**
 * Encoders side by side as one, in whose D_1 each counts the same, however many features it has: networks that were trained
 * apart err apart.
 *
 * @param encoders at least one, with the same inputs
 * @param sizes the typical distance of each, by which its features are divided, and multiplied by the first one's
 * @throws EncoderError for an encoder that does not tell its network, or has other inputs than the first one
 */
export function combine(
  encoders: readonly EncoderFile[],
  sizes: readonly number[],
  { name, levels, views = [] }: CombinedForm,
): EncoderFile {
  const [first] = encoders as readonly [EncoderFile];
  const inputsOf = ({ description }: EncoderFile) => JSON.stringify(description.inputs);
  const odd = encoders.find((encoder) => inputsOf(encoder) !== inputsOf(first));
  if (odd !== undefined) {
    throw new EncoderError(`The encoder “${odd.description.name}” has other inputs than the first one.`);
  }
  const typical = Float64Array.from(sizes);
  const weights = new Map<string, Float32Array>();
  let before = 0;
  const usualFeatures = encoders.reduce((sum, { description }) => sum + description.features, 0) / encoders.length;
  for (const [i, encoder] of encoders.entries()) {
    const share = usualFeatures / encoder.description.features;
    addWeights(weights, weightsOf(encoder), before, (share * typical[0]!) / typical[i]!);
    before += networkOf(encoder).levels.length;
  }
  const training = encoders.map(({ description }) => description.training).join('; beside it ');
  return withViews(encoderFile(sideBySide(encoders.map(networkOf)), levels, weights, { name, training }), views);
}

/** @param before how many levels stand before these */
function addWeights(all: Map<string, Float32Array>, own: Weights, before: number, scale: number): void {
  for (const [name, values] of own) {
    const moved = name.replace(/^level(\d+)/, (_, level: string) => `level${Number(level) + before}`);
    // The heads are linear and have no bias, so that their weights scale features and distances alike.
    all.set(moved, name.endsWith('.head.weight') ? values.map((value) => value * scale) : values);
  }
}
