import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import * as v from 'valibot';
import { viewsSchema, type KeptView } from '../../core/encoder/description';
import { engineSettings } from '../../protocol/engine';

/** What options and arguments of several commands are. The functions are commander's parsers: a bad value throws its InvalidArgumentError. */

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1 up.');
  return value;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

export function time(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && Number.isFinite(value))) {
    throw new InvalidArgumentError('It must be a number from 0 up.');
  }
  return value;
}

export function lengthFactor(text: string): number {
  const value = Number(text);
  if (!(value >= 0.5 && value <= 2)) throw new InvalidArgumentError('It must be a number from 0.5 to 2.');
  return value;
}

export function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

export function viewOption(): Option {
  return new Option(
    '--view <view...>',
    'a further form in which recordings are encoded, as every=4,weight=0.25,levels=3 (the mean of so many time steps ' +
      'each) or steps=512,... (the whole in so many)',
  ).argParser(addView);
}

/** One more of an encoder's views, as `every=4,weight=0.25,levels=3`. */
export function addView(text: string, before: readonly KeptView[] = []): readonly KeptView[] {
  const entries = text.split(',').map((entry) => entry.split('='));
  const given = Object.fromEntries(entries.map(([name = '', value]) => [name, Number(value)]));
  const views = v.safeParse(viewsSchema, [...before, given]);
  if (!views.success) {
    throw new InvalidArgumentError(
      'It must name every or steps, and weight and levels, as in every=4,weight=0.25,levels=3.',
    );
  }
  return views.output;
}

export const outHelp = 'the file to write (default: standard output)';

export const jsonHelp = 'print the answer as JSON (docs/cli.md)';

const someSettings = v.partial(v.strictObject(v.omit(engineSettings, ['threads']).entries));

const settingNames = Object.keys(someSettings.entries).join(', ');

/** What every command takes that needs an index. */
export function withIndexOptions(command: Command): Command {
  return command
    .option('--threads <n>', 'worker threads', positiveInteger, 2)
    .option('--encoder <folder>', 'the folder of the encoder to use (default: the bundled one)')
    .option(
      '--settings <json>',
      `settings of the index that are not as usual, as {"exclude":["raw/**"]}; there are ${settingNames}`,
      indexSettings,
    )
    .option('--cache <folder>', 'where the index is kept (default: in the system’s place for caches)');
}

function indexSettings(text: string): v.InferOutput<typeof someSettings> {
  const settings = v.safeParse(v.pipe(v.string(), v.parseJson(), someSettings), text);
  if (settings.success) return settings.output;
  throw new InvalidArgumentError(`It must be a JSON object with some of ${settingNames}.`);
}

export function addFolder(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** A recording as `FILE`, or `FILE#N` for one of several in a file; the number counts if no such file is there. */
export function addNamed(text: string, before: readonly NamedRecording[] = []): readonly NamedRecording[] {
  return [...before, namedRecording(text)];
}

export interface NamedRecording {
  /** An absolute path. */
  readonly file: string;
  /** From 1. */
  readonly sequence: number;
}

/** A recording as `addNamed` takes it. */
export function namedRecording(text: string): NamedRecording {
  const [, file, number] = /^(.+)#([1-9]\d*)$/.exec(text) ?? [];
  if (file === undefined || existsSync(text)) return { file: resolve(text), sequence: 1 };
  return { file: resolve(file), sequence: Number(number) };
}

export function weights(text: string): readonly number[] {
  const values = text.split(',').map(Number);
  if (values.every((value) => value >= 0 && value <= 1000)) return values;
  throw new InvalidArgumentError('They must be numbers from 0 to 1000 with commas between them, one for each channel.');
}

/** What the commands about training take. */
export const packsHelp = 'packs (.npz with .json), folders of packs, or folders of recordings with labels.csv';
