import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { largest } from '../recordings/extremes';
import { holdEachFeature } from './groups';

/** Encoders have well under a million weights: what is larger was not made for this. */
export const mostModelBytes = 64 * 2 ** 20;

const mostDescriptionBytes = 2 ** 20;

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** An `Architecture`, with bounds that keep a foreign one from asking for endless memory. */
const networkSchema = v.object({
  inputs: v.pipe(positive, v.maxValue(16)),
  levels: v.pipe(
    v.array(
      v.object({
        channels: v.pipe(positive, v.maxValue(1024)),
        kernel: v.pipe(positive, v.maxValue(64)),
        stride: v.pipe(positive, v.maxValue(64)),
        blocks: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16)),
        features: v.pipe(positive, v.maxValue(1024)),
        subsample: v.pipe(positive, v.maxValue(64)),
        startsPyramid: v.optional(v.boolean()),
        powers: v.optional(v.boolean()),
      }),
    ),
    v.minLength(1),
    v.maxLength(16),
  ),
});

/** How the course of a feature over the recording is kept beside its distribution, see `featureBlocks`. */
const courseSchema = v.object({
  parts: v.pipe(positive, v.maxValue(64)),
  levels: v.pipe(positive, v.maxValue(64)),
  /** What the parts count for, beside the whole. */
  share: v.pipe(v.number(), v.gtValue(0), v.ltValue(1)),
});

const kept = {
  /** Q: levels of the quantile function of a whole recording. */
  levels: v.pipe(positive, v.maxValue(256)),
  course: v.optional(courseSchema),
};

/** What is kept of a view, and what it counts for beside the recording as it was sampled, which counts 1. */
const keptOfView = { ...kept, weight: v.pipe(v.number(), v.gtValue(0), v.maxValue(16)) };

/** Further forms in which a recording is encoded, see `View`. */
export const viewsSchema = v.pipe(
  v.array(
    v.union([
      v.strictObject({ every: v.pipe(positive, v.minValue(2), v.maxValue(1024)), ...keptOfView }),
      v.strictObject({ steps: v.pipe(positive, v.minValue(16), v.maxValue(4096)), ...keptOfView }),
    ]),
  ),
  v.maxLength(8),
);

/** What stands in `encoder.json` beside `encoder.onnx`. */
const descriptionSchema = v.object({
  name: v.string(),
  architecture: v.string(),
  /** The same in a form from which it can be trained further; absent in encoders of other makes. */
  network: v.optional(networkSchema),
  inputs: v.array(v.string()),
  /** The model's outputs in order: how many features each gives and how many time steps one value of it advances. */
  outputs: v.pipe(
    v.array(v.object({ name: v.string(), features: positive, stride: positive })),
    v.minLength(1),
    v.maxLength(16),
  ),
  /** M: features per channel. */
  features: v.pipe(positive, v.maxValue(4096)),
  ...kept,
  views: v.optional(viewsSchema),
  /** How the numbers of an embedding become bytes, see `codesOf`; absent in encoders that were not completed. */
  bytes: v.optional(
    v.object({
      step: v.pipe(v.number(), v.finite(), v.gtValue(0)),
      centres: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.maxLength(4096)),
    }),
  ),
  /**
   * Which features are summed for bounds of distances, see `learnGroups`: one group of `size` after the other, the last one
   * may be smaller.
   */
  groups: v.optional(
    v.object({ size: positive, members: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.maxLength(4096)) }),
  ),
  /** What each feature answers to most, see `measureResponses`; absent in encoders that were not completed. */
  responses: v.optional(
    v.pipe(
      v.array(v.union([v.picklist(['level', 'shape']), v.pipe(v.number(), v.minValue(0), v.maxValue(0.5))])),
      v.maxLength(4096),
    ),
  ),
  /** Shorter sequences cannot be encoded. */
  minimumSteps: positive,
  /** How far a feature looks to either side, in time steps. */
  halo: v.pipe(positive, v.maxValue(65_536)),
  training: v.string(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

export type KeptView = v.InferOutput<typeof viewsSchema>[number];

export type EncoderDescription = v.InferOutput<typeof descriptionSchema>;

/**
 * What a feature answers to most: the level and the spread of a recording, the shape of single patterns, or a frequency, in
 * cycles per time step (0: a trend).
 */
export type Response = NonNullable<EncoderDescription['responses']>[number];

export interface EncoderFile {
  readonly description: EncoderDescription;
  readonly model: Uint8Array;
}

/** An encoder that cannot be used; the message is written for the user. */
export class EncoderError extends Error {
  override readonly name = 'EncoderError';
}

/**
 * Reads the encoder in a folder and checks that model and description belong together.
 * @throws EncoderError when a file is missing, the description is damaged or the model's hash is another.
 */
export async function readEncoder(folder: string): Promise<EncoderFile> {
  const json = await readPart(folder, 'encoder.json', mostDescriptionBytes);
  const model = await readPart(folder, 'encoder.onnx', mostModelBytes);
  const description = parseDescription(json.toString('utf8'), folder);
  const sha256 = createHash('sha256').update(model).digest('hex');
  if (sha256 !== description.sha256) {
    throw new EncoderError(
      `The encoder in ${folder} is damaged: its hash is not the one in encoder.json. Reinstall it.`,
    );
  }
  return { description, model };
}

/** @throws EncoderError also for what is no regular file: a link may lead to a device that never ends */
async function readPart(folder: string, name: string, mostBytes: number): Promise<Buffer> {
  const path = join(folder, name);
  try {
    const stats = await lstat(path);
    if (!stats.isFile()) throw new EncoderError(`The encoder in ${folder} is refused: ${name} is no regular file.`);
    if (stats.size > mostBytes) {
      throw new EncoderError(`The encoder in ${folder} is refused: ${name} has more than ${mostBytes / 2 ** 20} MB.`);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof EncoderError) throw error;
    throw new EncoderError(`The encoder's ${name} cannot be read in ${folder}. Reinstall it.`, { cause: error });
  }
}

function parseDescription(text: string, folder: string): EncoderDescription {
  try {
    const description = v.parse(descriptionSchema, JSON.parse(text));
    const features = description.outputs.reduce((sum, output) => sum + output.features, 0);
    if (features !== description.features) throw new RangeError(`${features} features, not ${description.features}`);
    if (description.bytes !== undefined && description.bytes.centres.length !== features) {
      throw new RangeError(`${description.bytes.centres.length} centres, not ${features}`);
    }
    if (description.groups !== undefined && !holdEachFeature(description.groups.members, features)) {
      throw new RangeError('not every feature is in one group');
    }
    if (description.responses !== undefined && description.responses.length !== features) {
      throw new RangeError(`${description.responses.length} responses, not ${features}`);
    }
    return description;
  } catch (error) {
    throw new EncoderError(`The encoder's description in ${folder} is damaged. Reinstall it.`, { cause: error });
  }
}

/** The coarsest stride: pieces of a sequence start at its multiples. */
export function gridOf(description: EncoderDescription): number {
  return largest(description.outputs.map((output) => output.stride));
}
