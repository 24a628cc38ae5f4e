import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeWhole } from '../../files/writeWhole';
import type { LearningCurve } from './curve';
import type { TrainingSettings } from './settings';
import { TrainingError } from './trainingError';

/** Everything that a training needs to go on as if it had not stopped. */
export interface Checkpoint {
  readonly settings: TrainingSettings;
  /** The names and sizes of the data sets. */
  readonly data: readonly string[];
  /** How many steps are done. */
  readonly step: number;
  readonly seconds: number;
  readonly curve: LearningCurve;
  readonly vectors: CheckpointVectors;
}

/** One entry per parameter each: the weights, their moving average, and the two running means of Adam. */
export interface CheckpointVectors {
  readonly weights: Float32Array;
  readonly average: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

type Header = Omit<Checkpoint, 'vectors'> & { readonly format: string; readonly parameters: number };

const format = 'kindred-training-1';
const vectorNames = ['weights', 'average', 'first', 'second'] as const;
const digestBytes = 32;

/** Writes the length of a header, the header as JSON, the vectors in little endian, and the SHA-256 of all that. */
export async function writeCheckpoint(path: string, { vectors, ...state }: Checkpoint): Promise<void> {
  const header: Header = { ...state, format, parameters: vectors.weights.length };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const parts = vectorNames.map((name) => {
    const { buffer, byteOffset, byteLength } = vectors[name];
    return Buffer.from(buffer, byteOffset, byteLength);
  });
  const content = Buffer.concat([length, json, ...parts]);
  await writeWhole(path, Buffer.concat([content, createHash('sha256').update(content).digest()]));
}

/** @throws TrainingError when the file is missing or not a whole checkpoint */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new TrainingError('refused', `There is no training to resume: ${path} cannot be read.`, { cause: error });
  });
  const content = bytes.subarray(0, -digestBytes);
  const digest = createHash('sha256').update(content).digest();
  if (bytes.length <= digestBytes || !digest.equals(bytes.subarray(-digestBytes))) {
    throw new TrainingError('refused', `The checkpoint ${path} is damaged. Start the training again.`);
  }
  const start = 4 + content.readUInt32LE();
  const header = JSON.parse(content.toString('utf8', 4, start)) as Header;
  if (header.format !== format)
    throw new TrainingError('refused', `The checkpoint ${path} is of another version of Kindred.`);
  const { settings, data, step, seconds, curve, parameters } = header;
  const vector = (index: number) => {
    const from = start + index * parameters * 4;
    return new Float32Array(Uint8Array.from(content.subarray(from, from + parameters * 4)).buffer);
  };
  const vectors = { weights: vector(0), average: vector(1), first: vector(2), second: vector(3) };
  return { settings, data, step, seconds, curve, vectors };
}
